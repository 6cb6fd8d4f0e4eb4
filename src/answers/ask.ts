import type { TenantContext } from '../base/index.ts';
import { type Collection, isOutsidePage } from '../ingest/index.ts';
import type { Filter } from '../retrieval/index.ts';
import type { Answer, AnswerRecord } from './answer.ts';
import { type Composition, standings } from './compose.ts';
import type { Conflict } from './conflicts/conflict.ts';
import type { FoundConflict } from './conflicts/find-conflicts.ts';
import { sourceFacts } from './conflicts/source-facts.ts';
import { weighConflict } from './conflicts/weigh-conflict.ts';
import { type Evidence, retrieve } from './evidence/retrieve.ts';
import { draftExtractive } from './extractive/draft-extractive.ts';
import { extract } from './extractive/extract.ts';
import type { AnswerServices } from './services.ts';
import { Stages } from './stages.ts';
import { AnswerOutdated, storeAnswer } from './stored-answers.ts';
import type { Making } from './stream/answer-streams.ts';
import { tell } from './tell.ts';
import { verifyQuotes } from './verify-quotes.ts';
import { verifySentences } from './verify-sentences.ts';

/** Passages read for an answer. */
const PASSAGES = 12;

/** A question. */
export interface Question {
  readonly collection: Collection;
  readonly text: string;
  /** Milliseconds since 1970 UTC; null: now. */
  readonly asOf: number | null;
  readonly filter: Filter;
  readonly signal: AbortSignal;
}

/** Nobody wrote it: the sources' own words. */
const NO_MODEL: AnswerRecord = {
  prompt: null,
  model: null,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  replayOf: null,
};

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
  const silent: Making = {
    id: services.newId(),
    emit: () => undefined,
    documents: () => Promise.resolve(),
    signal: question.signal,
  };
  const answer = await makeAnswer(services, context, { question, making: silent });
  const collectionId = question.collection.id;
  await services.database.withTenant(context, (tx) =>
    storeAnswer(tx, context, { answer, collectionId, newId: services.newId }),
  );
  return answer;
}

/**
 * Makes an answer and says its steps on the way: retrieve → extract → decide → compose → verify.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`, `answer.outdated`
 */
export async function makeAnswer(
  services: AnswerServices,
  context: TenantContext,
  given: { readonly question: Question; readonly making: Making },
): Promise<Answer> {
  const { question, making } = given;
  const { collection, signal } = question;
  const asOf = question.asOf ?? services.clock();
  const stages = new Stages(making);
  const query = { collection, question: question.text, asOf, filter: question.filter, limit: PASSAGES, after: null };
  const evidence = onlySeen(await retrieve(services, context, { ...query, signal }));
  stages.done('retrieve', evidence.timings);
  const [extracted] = await Promise.all([
    extract(services, evidence, { text: question.text, signal }),
    making.documents([...new Set(evidence.passages.map((each) => each.documentId))]),
  ]);
  stages.done('extract');
  const composed = draftExtractive(evidence, extracted);
  verifyQuotes([...composed.citations, ...composed.nearest], evidence.passages);
  const conflicts = await weighed(services, context, { found: extracted.conflicts, composed });
  const checking = { signal, verifiers: services.verifiersFor?.(context) ?? [] };
  const sentences = await verifySentences(composed.sentences, composed.citations, checking);
  const drafted = { ...composed, sentences, conflicts };
  stages.done('verify');
  tell(making, drafted);
  return {
    id: making.id,
    question: question.text.trim(),
    ...drafted,
    timings: stages.timings(),
    candidates: standings(evidence.passages, drafted.citations),
    record: NO_MODEL,
    collection: collection.name,
    asOf: new Date(asOf).toISOString(),
    createdAt: new Date(services.clock()).toISOString(),
  };
}

/** Text that no reader of its page can see is found by a search, which says so; an answer does not rest on it. */
function onlySeen(evidence: Evidence): Evidence {
  return { ...evidence, passages: evidence.passages.filter((passage) => !isOutsidePage(passage.headingPath)) };
}

/** The conflicts between what is cited, with what speaks for each side. */
async function weighed(
  { database }: AnswerServices,
  context: TenantContext,
  given: { readonly found: readonly FoundConflict[]; readonly composed: Composition },
): Promise<Conflict[]> {
  const { found, composed } = given;
  if (composed.citations.length === 0) return [];
  const versions = found.flatMap(({ sides }) => sides.map(({ sentence }) => sentence.sentence.passage.versionId));
  const facts = await sourceFacts(database, context, [...new Set(versions)]);
  return found.flatMap((each) => weighConflict(each, composed.citations, facts) ?? []);
}
