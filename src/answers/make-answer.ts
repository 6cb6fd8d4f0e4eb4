import type { TenantContext } from '../base/index.ts';
import type { Answer } from './answer.ts';
import { type AnswerInMaking, answerWords, NO_MODEL } from './answer-words.ts';
import { answerChanges } from './changes/answer-changes.ts';
import { type AskedChange, askedChange, topicOf } from './changes/asked-change.ts';
import { readFollowUp } from './conversation/read-follow-up.ts';
import { checkFormat } from './objects/index.ts';
import type { AskedWith, Question } from './question.ts';
import type { AnswerServices } from './services.ts';
import { Stages } from './stages.ts';
import type { Making } from './stream/answer-streams.ts';
import { tell } from './tell.ts';

/**
 * Makes an answer and says its steps on the way: retrieve → generate, and extract beside it → decide → verify.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`, `answer.outdated`, `prompt.not-found`
 */
export async function makeAnswer(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making },
): Promise<Answer> {
  const { making } = given;
  const asOf = given.question.asOf ?? services.clock();
  const { generation: options, between } = given.question;
  checkFormat(services.modelsFor(given.question.collection), { ...options, ...(between && { between }) });
  const { question, readAs } = await readInContext(services, context, given);
  const asked = question.generation?.format === 'json' ? null : changeAsked(question, asOf);
  const made =
    asked === null
      ? await answerWords(services, context, { question, making, asOf })
      : await tellChanges(services, context, { question, making, asked });
  const { record, ...rest } = made;
  return {
    id: making.id,
    question: given.question.text.trim(),
    ...readAs,
    ...rest,
    record: { ...record, replayOf: question.generation?.replayOf ?? null, ...askedWith(question) },
    collection: question.collection.name,
    asOf: new Date(asOf).toISOString(),
    createdAt: new Date(services.clock()).toISOString(),
  };
}

/** The question as it is meant after what was asked before. */
async function readInContext(
  services: AnswerServices,
  context: TenantContext,
  { question, making }: { readonly question: Question; readonly making: Making },
): Promise<{ readonly question: Question; readonly readAs: { readonly readAs?: string } }> {
  const { collection, earlier = [], text, signal } = question;
  if (earlier.length === 0) return { question, readAs: {} };
  const stages = new Stages(making);
  const read = await readFollowUp(services, context, { collection, earlier, question: text, signal });
  stages.done('condense');
  if (read === null) return { question, readAs: {} };
  return { question: { ...question, text: read.text }, readAs: { readAs: read.text } };
}

/** What was asked beside words and moment, to be kept with the answer; a filter that lets all pass is none. */
function askedWith({ filter, earlier, between, generation, unread }: Question): { readonly asked?: AskedWith } {
  const { replayOf: _, ...options } = generation ?? {};
  const asked = {
    ...(filter.op !== 'all' && { filter }),
    ...(earlier !== undefined && earlier.length > 0 && { earlier }),
    ...(between !== undefined && { between }),
    ...(Object.keys(options).length > 0 && { generation: options }),
    ...(unread === true && { unread }),
  };
  return Object.keys(asked).length === 0 ? {} : { asked };
}

/** What is asked to have changed; null: nothing. */
function changeAsked({ text, between }: Question, now: number): AskedChange | null {
  const asked = askedChange(text, now);
  return between === undefined ? asked : { topic: topicOf(text), ...asked, ...between };
}

async function tellChanges(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making; readonly asked: AskedChange },
): Promise<AnswerInMaking> {
  const stages = new Stages(given.making);
  const draft = await answerChanges(services, context, given);
  stages.done('compare');
  const nothing = { conflicts: [], missing: null, nearest: [], candidates: [], record: NO_MODEL };
  const made = { ...draft, ...nothing, confidence: draft.kind === 'abstained' ? 0 : 1 };
  tell(given.making, made);
  return { ...made, timings: stages.timings() };
}
