import type { TenantContext } from '../base/index.ts';
import { type ExtractedParts, extractParts } from './correctives/extract-parts.ts';
import type { Gathered } from './correctives/gather-evidence.ts';
import { chooseReading } from './evidence/reading/choose-reading.ts';
import type { Evidence } from './evidence/retrieve.ts';
import { readOn } from './extractive/read-on.ts';
import { isDoubted } from './extractive/reading-verdicts.ts';
import type { Generated, NotGenerated } from './generated/generation.ts';
import type { Question } from './question.ts';
import type { AnswerServices } from './services.ts';
import type { Making } from './stream/answer-streams.ts';
import { writeAnswer } from './write-answer.ts';

/** An answer in the making. */
export interface Attempt extends ExtractedParts {
  readonly whole: Evidence;
  /** Null: no model was asked. */
  readonly generated: Generated | NotGenerated | null;
}

/** What is attempted, from what. */
export interface Attempting {
  readonly question: Question;
  readonly making: Making;
  /** Milliseconds since 1970 UTC. */
  readonly asOf: number;
  readonly gathered: Gathered;
}

/** Answers from what was gathered: the sources' own words, and what a model makes of them where one is declared. */
export async function attempt(services: AnswerServices, context: TenantContext, given: Attempting): Promise<Attempt> {
  const { question, making, asOf, gathered } = given;
  const { text, unread = false, signal } = question;
  const { whole } = gathered;
  const models = services.modelsFor(question.collection);
  const extract = (): Promise<ExtractedParts> => extractParts(services, gathered, { text, unread, signal });
  if (whole.passages.length === 0 || !models.has('answer')) return { ...(await extract()), whole, generated: null };
  making.rest(); // Waiting for a model is no work.
  const { model = null } = question.generation ?? {};
  const reading = await chooseReading(services, context, { evidence: whole, models, model });
  const onRecord = making.documents([...new Set(whole.passages.map(({ documentId }) => documentId))]);
  const writing = writeAnswer(services, context, { question, making, asOf, reading, onRecord });
  // Committing takes longer than sending: the model is asked by then, and what is read meanwhile does not keep it waiting.
  const [extracted, generated] = await Promise.all([onRecord.then(extract), writing]);
  return { ...extracted, whole, generated };
}

/** The attempt with what is said decided by reading the best few sentences, where it is the sources' own words. */
export async function asRead(
  services: AnswerServices,
  { question, gathered }: Attempting,
  made: Attempt,
): Promise<Attempt> {
  if (!isOwnWords(made, gathered)) return made;
  const { unread = false, signal } = question;
  const extracted = await readOn(services, made.extracted, { unread, signal });
  return extracted === null ? made : { ...made, extracted };
}

/** Whether the reader of answers leaves open that the best sentence is the one to say. */
export function isDoubtful(first: Attempt, gathered: Gathered): boolean {
  return isOwnWords(first, gathered) && isDoubted(first.extracted.grounds.odds?.own ?? null);
}

/** Whether it is what the sources say to one question, without a model. */
export function isOwnWords({ generated }: Pick<Attempt, 'generated'>, { parts }: Gathered): boolean {
  return generated === null && parts.length === 0;
}

/** Whether it answers. A model that said nothing usable is no reason to look again: the sources speak for themselves then. */
export function isAnswered({ extracted, generated }: Attempt): boolean {
  if (generated === null) return extracted.decision.answer;
  return !('why' in generated) || generated.why !== 'no-answer';
}
