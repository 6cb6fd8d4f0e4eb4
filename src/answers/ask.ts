import type { TenantContext } from '../base/index.ts';
import { type Collection, isOutsidePage } from '../ingest/index.ts';
import type { Filter } from '../retrieval/index.ts';
import type { Answer, AnswerRecord } from './answer.ts';
import { type Composition, compose, nearest, standings } from './compose.ts';
import { type Evidence, retrieve } from './evidence/retrieve.ts';
import { extract, type Extract } from './extractive/extract.ts';
import { missingFrom } from './missing.ts';
import type { AnswerServices } from './services.ts';
import { AnswerOutdated, storeAnswer } from './stored-answers.ts';
import type { Making } from './stream/answer-streams.ts';
import { verifyQuotes } from './verify-quotes.ts';
import { verifySentences } from './verify-sentences.ts';

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
  await services.database.withTenant(context, (tx) => storeAnswer(tx, context, { answer, collectionId }));
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
  await making.documents([...new Set(evidence.passages.map((each) => each.documentId))]);
  const extracted = await extract(services.embedder, evidence, { text: question.text, signal });
  stages.done('extract');
  const composed = draft(evidence, extracted);
  verifyQuotes([...composed.citations, ...composed.nearest], evidence.passages);
  const checking = { signal, verifiers: services.verifiersFor?.(context) ?? [] };
  const drafted = { ...composed, sentences: await verifySentences(composed.sentences, composed.citations, checking) };
  stages.done('verify');
  tell(making, drafted);
  return {
    id: making.id,
    question: question.text.trim(),
    ...drafted,
    conflicts: [],
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

/** Clocks stages and says when one is done. */
class Stages {
  readonly #making: Making;
  readonly #started = performance.now();
  #last = this.#started;
  #timings: Record<string, number> = {};

  constructor(making: Making) {
    this.#making = making;
  }

  done(stage: string, parts: Readonly<Record<string, number>> = {}): void {
    const now = performance.now();
    const ms = now - this.#last;
    this.#timings = { ...this.#timings, ...parts, [`${stage}Ms`]: ms };
    this.#last = now;
    this.#making.emit({ type: 'stage.completed', data: { stage, ms: hundredths(ms) } });
  }

  timings(): Record<string, number> {
    const all = { ...this.#timings, totalMs: performance.now() - this.#started };
    return Object.fromEntries(Object.entries(all).map(([stage, ms]) => [stage, hundredths(ms)]));
  }
}

function hundredths(ms: number): number {
  return Math.round(ms * 100) / 100;
}

type Draft = Composition & Pick<Answer, 'kind' | 'confidence' | 'reason' | 'missing' | 'nearest'>;

function draft(evidence: Evidence, extracted: Extract): Draft {
  const confidence = Math.round(extracted.decision.confidence * 1000) / 1000;
  if (extracted.decision.answer) {
    const composed = compose(extracted.chosen);
    return { kind: 'extractive', ...composed, confidence, reason: null, missing: null, nearest: [] };
  }
  const reason =
    evidence.passages.length === 0
      ? 'Nothing in this collection, valid at the moment asked about, comes near the question.'
      : 'The documents come near the question, but no sentence in them answers it.';
  const near = nearest(evidence.passages, NEAREST);
  const missing = missingFrom(extracted.asked, evidence.passages);
  return { kind: 'abstained', text: '', sentences: [], citations: [], confidence, reason, missing, nearest: near };
}

/** Says a composed answer sentence by sentence. */
function tell(making: Making, { text, sentences, citations }: Pick<Answer, 'text' | 'sentences' | 'citations'>): void {
  citations.forEach((citation, index) => making.emit({ type: 'citation.added', data: { index, citation } }));
  let from = 0;
  sentences.forEach((sentence, i) => {
    const next = sentences[i + 1];
    const to = next === undefined ? text.length : text.indexOf(next.text, from + sentence.text.length);
    making.emit({ type: 'text.added', data: { text: text.slice(from, to) } });
    const { verdict, score, reason, citations: cited } = sentence;
    making.emit({ type: 'claim.verified', data: { sentence: i, citations: cited, verdict, score, reason } });
    from = to;
  });
}
