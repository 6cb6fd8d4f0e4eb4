import { PlumblineError, type TenantContext } from '../../base/index.ts';
import { type Collection, scopeOf } from '../../ingest/index.ts';
import {
  analyse,
  type Candidate,
  type Filter,
  hybridSearch,
  planOf,
  type QuestionRead,
  readQuestion,
  type RetrievalPlan,
  type RetrievalSettings,
  readableAt,
  type StageRecord,
} from '../../retrieval/index.ts';
import type { AnswerServices } from '../services.ts';
import { loadPassages, loadTexts } from './load-passages.ts';
import type { Passage } from './passage.ts';

/** The longest question, in UTF-16 code units. */
const MAX_QUESTION = 4000;

/** What to look for and where. */
export interface EvidenceQuery {
  readonly collection: Collection;
  readonly question: string;
  /** Milliseconds since 1970 UTC: only what is valid at this moment is found. */
  readonly asOf: number;
  readonly filter: Filter;
  /** Passages wanted, 1…100. */
  readonly limit: number;
  /** Cursor of the page before, null: the first page. */
  readonly after: string | null;
  /** Goes before the collection's own. */
  readonly settings?: RetrievalSettings;
  readonly signal: AbortSignal;
}

/** What was found, best first. */
export interface Evidence {
  /** The question's own. */
  readonly terms: readonly string[];
  /** Of the question, unit length; null: the embedder gave none. */
  readonly vector: Float32Array | null;
  readonly candidates: readonly Candidate[];
  readonly passages: readonly Passage[];
  readonly next: string | null;
  /** What the search was to do, and what each stage of it did. */
  readonly plan: RetrievalPlan;
  readonly stages: readonly StageRecord[];
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** The question has no words, or too many. */
class QuestionInvalid extends PlumblineError {
  constructor(problem: string) {
    super({
      code: 'question.invalid',
      kind: 'caller',
      message: `The question ${problem}. Allowed: 1 to ${MAX_QUESTION} characters with at least one word.`,
    });
  }
}

/**
 * Finds the passages nearest to a question by words and by meaning.
 * @throws PlumblineError `question.invalid`, `cursor.invalid`, `filter.invalid`, `retrieval-settings.invalid`
 */
export async function retrieve(
  services: AnswerServices,
  context: TenantContext,
  query: EvidenceQuery,
): Promise<Evidence> {
  const question = checkQuestion(query.question);
  const plan = planOf(query.collection.settings.retrieval, query.settings);
  const started = performance.now();
  const counting = services.words.of(context, query.collection.id);
  const [vector] = await services.embedder.embed([question], { purpose: 'query', signal: query.signal });
  const embedded = performance.now();
  const words = await counting;
  const read = readQuestion(question, words);
  const scope = scopeOf(context, query.collection.id, services.embedder);
  const found = await hybridSearch(services.index, scope, {
    terms: read.terms,
    vector: vector ?? null,
    filter: readableAt(context, query.asOf, query.filter),
    limit: query.limit,
    after: query.after,
    signal: query.signal,
    plan,
    words,
    phrases: { phrases: read.phrases, textsOf: (ids) => loadTexts(services, context, ids) },
  });
  const searched = performance.now();
  const passages = await loadPassages(services, context, found.candidates);
  const ended = performance.now();
  const timings = {
    embedMs: embedded - started,
    textMs: found.timings.textMs,
    vectorsMs: found.timings.vectorsMs,
    fusionMs: found.timings.fusionMs,
    documentsMs: found.timings.documentsMs,
    rearrangeMs: found.timings.rearrangeMs,
    passagesMs: ended - searched,
    totalMs: ended - started,
  };
  const { candidates, next } = found;
  const stages = [...readingOf(read, searched - embedded - found.timings.totalMs), ...found.stages];
  const terms = analyse(question);
  return { terms, vector: vector ?? null, candidates, passages, next, plan, stages, timings };
}

/** What reading the question added, as a stage that ranks nothing; none: it was searched as it is. */
function readingOf({ added }: QuestionRead, ms: number): StageRecord[] {
  if (added.length === 0) return [];
  return [{ stage: 'question', what: `also looked for ${added.join('; ')}`, ms: Math.max(0, ms), ranking: [] }];
}

function checkQuestion(question: string): string {
  const trimmed = question.trim();
  if (trimmed === '') throw new QuestionInvalid('is empty');
  if (trimmed.length > MAX_QUESTION) throw new QuestionInvalid(`has ${trimmed.length} characters`);
  if (!/[\p{L}\p{N}]/u.test(trimmed)) throw new QuestionInvalid('holds no word');
  return trimmed;
}
