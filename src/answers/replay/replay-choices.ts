import type { TenantContext } from '../../base/index.ts';
import { promptsFor } from '../../prompts/index.ts';
import type { AnswerServices } from '../services.ts';
import { findAnswer } from '../stored-answers.ts';

/** What an answer can be made again with. */
export interface ReplayChoices {
  /** `name@version`, in the order they were released; [] where no model is declared. */
  readonly prompts: readonly string[];
  /** Ids of models.json, the one that would be asked first. */
  readonly models: readonly string[];
}

/** The prompts that write an answer's format, and the models that may answer now. @throws PlumblineError `answer.not-found` */
export async function replayChoices(
  services: AnswerServices,
  context: TenantContext,
  id: string,
): Promise<ReplayChoices> {
  const { collection: name, record } = await findAnswer(services.database, context, id);
  const calls = services.modelsFor(await services.ingest.collection(context, name));
  if (!calls.has('answer')) return { prompts: [], models: [] };
  const { candidates } = calls.explain({ task: 'answer' });
  return {
    prompts: promptsFor(record.asked?.generation?.format ?? 'text'),
    models: candidates.map(({ model }) => model.id),
  };
}
