import type { TenantContext } from '../../base/index.ts';
import type { Filter } from '../../retrieval/index.ts';
import { makeAnswer } from '../make-answer.ts';
import type { GenerationOptions, Question } from '../question.ts';
import type { Between } from '../changes/asked-change.ts';
import type { AnswerServices } from '../services.ts';
import { findAnswer, storeAnswer } from '../stored-answers.ts';
import { type AskedRun, AnswerStreams, type StreamTimes } from './answer-streams.ts';
import type { RunRequest } from './run-rows.ts';

/** Streams whose answers come from {@link makeAnswer}. */
export function openStreams(services: AnswerServices, times: Partial<StreamTimes> = {}): AnswerStreams {
  const { database, clock, newId, log, turns } = services;
  return new AnswerStreams(
    {
      database,
      clock,
      newId,
      log,
      turns,
      make: async (context, asked, making) => {
        const question = await questionOf(services, context, { ...asked, signal: making.signal });
        return await makeAnswer(services, context, { question, making });
      },
      store: async (tx, context, { answer, collectionId }) => storeAnswer(tx, context, { answer, collectionId, newId }),
      find: (context, id) => findAnswer(database, context, id),
    },
    times,
  );
}

/** A question as it is kept with its run. */
export function requestOf(context: TenantContext, question: Omit<Question, 'signal'>, now: number): RunRequest {
  return {
    principalId: context.principalId,
    collectionId: question.collection.id,
    text: question.text,
    asOf: question.asOf ?? now,
    filter: question.filter,
    ...(question.earlier && { earlier: question.earlier }),
    ...(question.between && { between: question.between }),
    ...(question.generation && { generation: question.generation }),
  };
}

async function questionOf(
  services: AnswerServices,
  context: TenantContext,
  given: AskedRun & { readonly signal: AbortSignal },
): Promise<Question> {
  const { collectionId, text, asOf, filter, earlier, between, generation } = given.request;
  const collection = given.collection ?? (await services.ingest.collection(context, collectionId));
  const options = {
    ...(earlier !== undefined && { earlier }),
    ...(between !== undefined && { between: between as Between }),
    ...(generation !== undefined && { generation: generation as GenerationOptions }),
  };
  return { collection, text, asOf, filter: filter as Filter, ...options, signal: given.signal };
}
