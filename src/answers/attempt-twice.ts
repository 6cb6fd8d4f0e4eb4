import type { TenantContext } from '../base/index.ts';
import type { AnswerRecord } from './answer.ts';
import { type ExtractedParts, extractParts } from './correctives/extract-parts.ts';
import { type Gathered, lookAgain } from './correctives/gather-evidence.ts';
import { chooseReading } from './evidence/reading/choose-reading.ts';
import type { Evidence, EvidenceQuery } from './evidence/retrieve.ts';
import { readOn } from './extractive/read-on.ts';
import { isDoubted } from './extractive/reading-verdicts.ts';
import type { Generated, NotGenerated } from './generated/generation.ts';
import type { Question } from './question.ts';
import type { AnswerServices } from './services.ts';
import type { Stages } from './stages.ts';
import type { Making } from './stream/answer-streams.ts';
import { writeAnswer } from './write-answer.ts';

/** An answer in the making. */
interface Attempt extends ExtractedParts {
  readonly whole: Evidence;
  /** Null: no model was asked. */
  readonly generated: Generated | NotGenerated | null;
}

/** What is attempted, from what. */
interface Attempting {
  readonly question: Question;
  readonly making: Making;
  /** Milliseconds since 1970 UTC. */
  readonly asOf: number;
  readonly gathered: Gathered;
}

/** Answers from what was gathered: the sources' own words, and what a model makes of them where one is declared. */
async function attempt(services: AnswerServices, context: TenantContext, given: Attempting): Promise<Attempt> {
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

/** The attempt an answer is made of, and what models used and cost for all of them. */
interface Attempted {
  readonly best: Attempt;
  readonly spent: Pick<AnswerRecord, 'inputTokens' | 'outputTokens' | 'costUsd'>;
}

/**
 * Attempts an answer. Where none is found, or its best sentence was read and is doubted, the sources' own words once more by what the reader
 * of answers says of the best few; where that finds none either, all once more with what a better search finds, which is made meanwhile.
 */
export async function attemptTwice(
  services: AnswerServices,
  context: TenantContext,
  given: Attempting & { readonly query: EvidenceQuery; readonly stages: Stages },
): Promise<Attempted> {
  const { query, gathered, stages } = given;
  const first = await attempt(services, context, given);
  stages.done(first.generated === null ? 'extract' : 'generate');
  const isEnough = isAnswered(first);
  if (isEnough && !isDoubtful(first, gathered)) return { best: first, spent: spentOn([first]) };
  const look = (): Promise<Gathered | null> => lookAgain(services, context, { query, before: gathered });
  const [read, soon] = await Promise.all([asRead(services, given, first), isEnough ? null : look()]);
  const more = isEnough && !isAnswered(read) ? await look() : soon;
  if (isAnswered(read) || more === null) {
    stages.done('correct');
    return { best: read, spent: spentOn([first]) };
  }
  const next = { ...given, gathered: more };
  const second = await attempt(services, context, next);
  const isOther = isAnswered(second) && isDoubtful(second, more);
  const best = isOther ? await asRead(services, next, second) : second;
  stages.done('correct');
  return { best: isAnswered(best) ? best : read, spent: spentOn([first, second]) };
}

/** The attempt with what is said decided by reading the best few sentences, where it is the sources' own words. */
async function asRead(services: AnswerServices, { question, gathered }: Attempting, made: Attempt): Promise<Attempt> {
  if (!isOwnWords(made, gathered)) return made;
  const { unread = false, signal } = question;
  const extracted = await readOn(services, made.extracted, { unread, signal });
  return extracted === null ? made : { ...made, extracted };
}

/** Whether the reader of answers leaves open that the best sentence is the one to say. */
function isDoubtful(first: Attempt, gathered: Gathered): boolean {
  return isOwnWords(first, gathered) && isDoubted(first.extracted.grounds.odds?.own ?? null);
}

/** Whether it is what the sources say to one question, without a model. */
function isOwnWords({ generated }: Attempt, { parts }: Gathered): boolean {
  return generated === null && parts.length === 0;
}

/** Whether it answers. A model that said nothing usable is no reason to look again: the sources speak for themselves then. */
function isAnswered({ extracted, generated }: Attempt): boolean {
  if (generated === null) return extracted.decision.answer;
  return !('why' in generated) || generated.why !== 'no-answer';
}

/** What models used and cost for all attempts, also for one whose words are not in the answer. */
function spentOn(attempts: readonly Attempt[]): Attempted['spent'] {
  const records = attempts.flatMap(({ generated }) => generated?.record ?? []);
  const sum = (of: (record: AnswerRecord) => number): number => records.reduce((total, each) => total + of(each), 0);
  return {
    inputTokens: sum((each) => each.inputTokens),
    outputTokens: sum((each) => each.outputTokens),
    costUsd: sum((each) => each.costUsd),
  };
}
