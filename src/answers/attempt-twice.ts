import type { TenantContext } from '../base/index.ts';
import type { AnswerRecord } from './answer.ts';
import { type Attempt, type Attempting, asRead, attempt, isAnswered, isDoubtful, isOwnWords } from './attempt.ts';
import { attemptSteps, stepsFrom, withClass } from './attempt-by-class.ts';
import { type Gathered, lookAgain } from './correctives/gather-evidence.ts';
import type { EvidenceQuery } from './evidence/retrieve.ts';
import { isRefused } from './extractive/reading-verdicts.ts';
import type { AnswerServices } from './services.ts';
import type { Stages } from './stages.ts';

/** The attempt an answer is made of, and what models used and cost for all of them. */
interface Attempted {
  readonly best: Attempt;
  readonly spent: Pick<AnswerRecord, 'inputTokens' | 'outputTokens' | 'costUsd'>;
}

/** What more than one attempt needs. */
type Attempts = Attempting & { readonly query: EvidenceQuery; readonly stages: Stages };

/**
 * Attempts an answer; where none is found, or its best sentence was read and is doubted, all that may mend it; and where it holds for a class
 * of things, with what says so of the one that is asked about.
 */
export async function attemptTwice(
  services: AnswerServices,
  context: TenantContext,
  given: Attempts,
): Promise<Attempted> {
  const { gathered, stages } = given;
  const first = await attempt(services, context, given);
  stages.done(first.generated === null ? 'extract' : 'generate');
  const isEnough = isAnswered(first) && !isDoubtful(first, gathered);
  const { made, second, byClass } = isEnough
    ? { made: first, second: null, byClass: null }
    : await corrected(services, context, { ...given, first });
  const best = byClass ?? (isAnswered(made) ? await withClass(services, context, { ...given, made }) : made);
  if (!isEnough || best !== first) stages.done('correct');
  return { best, spent: spentOn(second === null ? [first] : [first, second]) };
}

/** The attempt that is best, the second one, and one that holds for a class and goes before; null: there is none. */
interface Corrected {
  readonly made: Attempt;
  readonly second: Attempt | null;
  readonly byClass: Attempt | null;
}

/**
 * What holds for the class of a thing that is asked about; else the sources' own words once more, by what the reader of answers says of the best few; where that
 * finds none, all once more with what a better search finds, unless the reader refuses the best sentence. What is found for a class stands in for that search;
 * the one or the other is begun at once.
 */
async function corrected(
  services: AnswerServices,
  context: TenantContext,
  given: Attempts & { readonly first: Attempt },
): Promise<Corrected> {
  const { query, gathered, first } = given;
  const isEnough = isAnswered(first);
  const steps = isEnough ? [] : stepsFrom(given, first);
  const isStep = steps.length > 0;
  const isHopeless = isOwnWords(first, gathered) && isRefused(first.extracted.grounds.odds?.own ?? null);
  const look = async (): Promise<Gathered | null> =>
    isHopeless ? null : await lookAgain(services, context, { query, before: gathered });
  const [byClass, read, soon] = await Promise.all([
    attemptSteps(services, context, { ...given, steps }),
    asRead(services, given, first),
    isEnough || isStep ? null : look(),
  ]);
  const more = isStep || isAnswered(read) ? null : isEnough ? await look() : soon;
  if (more === null) return { made: read, second: null, byClass };
  const second = await attemptAgain(services, context, { ...given, gathered: more });
  return { made: isAnswered(second) ? second : read, second, byClass };
}

/** An attempt with what a better search found. */
async function attemptAgain(services: AnswerServices, context: TenantContext, given: Attempting): Promise<Attempt> {
  const made = await attempt(services, context, given);
  return isAnswered(made) && isDoubtful(made, given.gathered) ? await asRead(services, given, made) : made;
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
