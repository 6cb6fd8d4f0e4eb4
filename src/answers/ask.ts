import type { TenantContext } from '../base/index.ts';
import type { Answer } from './answer.ts';
import { makeAnswer } from './make-answer.ts';
import type { Question } from './question.ts';
import type { AnswerServices } from './services.ts';
import { AnswerOutdated, storeAnswer } from './stored-answers.ts';
import type { Making } from './stream/answer-streams.ts';

/**
 * Answers from the collection's documents, or abstains, and keeps the answer.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`, `answer.outdated`
 */
export async function ask(services: AnswerServices, context: TenantContext, question: Question): Promise<Answer> {
  try {
    return await askOnce(services, context, question);
  } catch (error) {
    if (error instanceof AnswerOutdated) return await askOnce(services, context, question);
    throw error;
  }
}

async function askOnce(services: AnswerServices, context: TenantContext, question: Question): Promise<Answer> {
  const { signal } = question;
  const turn = services.turns.take(signal);
  const silent: Making = {
    id: services.newId(),
    emit: () => undefined,
    documents: () => Promise.resolve(),
    rest: () => turn.done(),
    signal,
  };
  try {
    await turn.come;
    const answer = await makeAnswer(services, context, { question, making: silent });
    const collectionId = question.collection.id;
    await services.database.withTenant(context, (tx) =>
      storeAnswer(tx, context, { answer, collectionId, newId: services.newId }),
    );
    return answer;
  } finally {
    turn.done();
  }
}
