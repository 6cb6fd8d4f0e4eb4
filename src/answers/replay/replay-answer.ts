import type { TenantContext } from '../../base/index.ts';
import { findPrompt } from '../../prompts/index.ts';
import type { Filter } from '../../retrieval/index.ts';
import type { Answer } from '../answer.ts';
import { ask } from '../ask.ts';
import type { AskedWith } from '../question.ts';
import type { AnswerServices } from '../services.ts';
import { findAnswer } from '../stored-answers.ts';

/** How an answer is to be made again; what is left out stays as it was. */
export interface Replay {
  readonly id: string;
  /** `name@version`. */
  readonly prompt?: string;
  /** Only this model of the registry. */
  readonly model?: string;
  readonly signal: AbortSignal;
}

const ALL: Filter = { op: 'all' };

/**
 * Answers the question of a kept answer again: of the same moment and documents, with the same options but for those given. The
 * new answer names the one it replays.
 * @throws PlumblineError `answer.not-found`, `collection.not-found`, `prompt.not-found`
 */
export async function replayAnswer(services: AnswerServices, context: TenantContext, replay: Replay): Promise<Answer> {
  const { id, prompt, model, signal } = replay;
  if (prompt !== undefined) findPrompt(prompt); // Also where no model would have been asked with it.
  const answer = await findAnswer(services.database, context, id);
  const collection = await services.ingest.collection(context, answer.collection);
  const { filter = ALL, generation, ...asked }: AskedWith = answer.record.asked ?? {};
  return await ask(services, context, {
    ...asked,
    collection,
    text: answer.question,
    asOf: Date.parse(answer.asOf),
    filter,
    generation: {
      ...generation,
      ...(prompt !== undefined && { prompt }),
      ...(model !== undefined && { model }),
      replayOf: id,
    },
    signal,
  });
}
