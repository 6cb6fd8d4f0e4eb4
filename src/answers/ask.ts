import type { TenantContext } from '../base/index.ts';
import type { Filter } from '../retrieval/index.ts';
import { type Collection, isOutsidePage } from '../ingest/index.ts';
import type { Answer } from './answer.ts';
import { type Composition, compose, nearest, standings } from './compose.ts';
import { type Evidence, retrieve } from './evidence/retrieve.ts';
import { extract, type Extract } from './extractive/extract.ts';
import type { AnswerServices } from './services.ts';
import { AnswerOutdated, storeAnswer } from './stored-answers.ts';
import { verifyQuotes } from './verify-quotes.ts';

/** Passages read for an answer. */
const PASSAGES = 12;

/** Nearest evidence shown when abstaining. */
const NEAREST = 3;

/** A question. */
export interface Question {
  readonly collection: Collection;
  readonly text: string;
  /** Milliseconds since 1970 UTC; null: now. */
  readonly asOf: number | null;
  readonly filter: Filter;
  readonly signal: AbortSignal;
}

/**
 * Answers from the collection's documents, or abstains: retrieve → extract → decide → compose → verify → store.
 * @throws PlumblineError `question.invalid`, `quote.mismatch`, `answer.outdated`
 */
export async function ask(services: AnswerServices, context: TenantContext, question: Question): Promise<Answer> {
  try {
    return await answerOnce(services, context, question);
  } catch (error) {
    if (error instanceof AnswerOutdated) return await answerOnce(services, context, question);
    throw error;
  }
}

async function answerOnce(services: AnswerServices, context: TenantContext, question: Question): Promise<Answer> {
  const started = performance.now();
  const asOf = question.asOf ?? services.clock();
  const { collection, signal } = question;
  const query = {
    collection,
    question: question.text,
    asOf,
    filter: question.filter,
    limit: PASSAGES,
    after: null,
    signal,
  };
  const evidence = onlySeen(await retrieve(services, context, query));
  const extracting = performance.now();
  const extracted = await extract(services.embedder, evidence, { text: question.text, signal });
  const verifying = performance.now();
  const drafted = draft(evidence, extracted);
  verifyQuotes([...drafted.citations, ...drafted.nearest], evidence.passages);
  const ended = performance.now();
  const stages = { ...evidence.timings, extractMs: verifying - extracting, verifyMs: ended - verifying };
  const answer: Answer = {
    id: services.newId(),
    question: question.text.trim(),
    ...drafted,
    timings: rounded({ ...stages, totalMs: ended - started }),
    candidates: standings(evidence.passages, drafted.citations),
    collection: collection.name,
    asOf: new Date(asOf).toISOString(),
    createdAt: new Date(services.clock()).toISOString(),
  };
  await storeAnswer(services.database, context, { answer, collectionId: collection.id });
  return answer;
}

/** Text that no reader of its page can see is found by a search, which says so; an answer does not rest on it. */
function onlySeen(evidence: Evidence): Evidence {
  return { ...evidence, passages: evidence.passages.filter((passage) => !isOutsidePage(passage.headingPath)) };
}

type Draft = Composition & Pick<Answer, 'kind' | 'confidence' | 'reason' | 'nearest'>;

function draft(evidence: Evidence, extracted: Extract): Draft {
  const confidence = Math.round(extracted.decision.confidence * 1000) / 1000;
  if (extracted.decision.answer) {
    return { kind: 'extractive', ...compose(extracted.chosen), confidence, reason: null, nearest: [] };
  }
  const reason =
    evidence.passages.length === 0
      ? 'Nothing in this collection, valid at the moment asked about, comes near the question.'
      : 'The documents come near the question, but no sentence in them answers it.';
  const near = nearest(evidence.passages, NEAREST);
  return { kind: 'abstained', text: '', sentences: [], citations: [], confidence, reason, nearest: near };
}

function rounded(timings: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [stage, Math.round(ms * 100) / 100]));
}
