import { PlumblineError, type TenantContext } from '../../base/index.ts';
import { type Collection, scopeOf } from '../../ingest/index.ts';
import {
  analyse,
  type Candidate,
  type DocumentWords,
  type Filter,
  type HybridResult,
  hybridSearch,
  type IndexScope,
  languageOfQuestion,
  type OtherQuery,
  planOf,
  type QuestionRead,
  readQuestion,
  type RetrievalPlan,
  type RetrievalSettings,
  readableAt,
  type StageRecord,
} from '../../retrieval/index.ts';
import type { Embedder } from '../../models/index.ts';
import type { AnswerServices } from '../services.ts';
import { type KeptPassages, loadFoundPassages, loadPassages, loadTexts } from './load-passages.ts';
import type { FoundPassage, Passage } from './passage.ts';
import { type Rewording, rewriteQuestion } from './rewrite-question.ts';

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
  /** False: nothing that is kept is used, and nothing is kept. Default true. */
  readonly cache?: boolean;
  readonly signal: AbortSignal;
}

/** What a search of the index found; kept by `SearchCache`. */
export interface FoundChunks {
  readonly read: QuestionRead;
  readonly readMs: number;
  readonly vector: Float32Array | null;
  readonly embedMs: number;
  readonly found: HybridResult;
  readonly passages: KeptPassages;
}

/** What was found, best first. */
export interface Evidence<P extends FoundPassage = Passage> {
  /** The question's own. */
  readonly terms: readonly string[];
  /** Of the question, unit length; null: the embedder gave none. */
  readonly vector: Float32Array | null;
  readonly candidates: readonly Candidate[];
  readonly passages: readonly P[];
  readonly next: string | null;
  /** What the search was to do, and what each stage of it did. */
  readonly plan: RetrievalPlan;
  readonly stages: readonly StageRecord[];
  /** Milliseconds per stage; of a search whose result was kept 0. */
  readonly timings: Readonly<Record<string, number>>;
  /** Whether the chunks were found before. */
  readonly isKept: boolean;
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
 * Finds the passages nearest to a question by words and by meaning, with the texts they stand in.
 * @throws PlumblineError `question.invalid`, `cursor.invalid`, `filter.invalid`, `retrieval-settings.invalid`
 */
export async function retrieve(
  services: AnswerServices,
  context: TenantContext,
  query: EvidenceQuery,
): Promise<Evidence> {
  const load: LoadPassages<Passage> = ({ found }) => loadPassages(services, context, found.candidates);
  return await evidenceOf(services, context, { ...query, load });
}

/** As {@link retrieve}, without the texts the passages stand in. */
export async function retrieveAlone(
  services: AnswerServices,
  context: TenantContext,
  query: EvidenceQuery,
): Promise<Evidence<FoundPassage>> {
  const load: LoadPassages<FoundPassage> = ({ found, passages }) =>
    loadFoundPassages(services, context, { candidates: found.candidates, kept: passages });
  return await evidenceOf(services, context, { ...query, load });
}

type LoadPassages<P> = (chunks: FoundChunks) => Promise<P[]>;

async function evidenceOf<P extends FoundPassage>(
  services: AnswerServices,
  context: TenantContext,
  { load, ...query }: EvidenceQuery & { readonly load: LoadPassages<P> },
): Promise<Evidence<P>> {
  const question = checkQuestion(query.question);
  const plan = planOf(query.collection.settings.retrieval, query.settings);
  const started = performance.now();
  const words = await services.words.of(context, query.collection.id);
  const { result, isKept } = await findChunks(services, context, { ...query, question, plan, words });
  const { vector, embedMs, found } = result;
  const searched = performance.now();
  const passages = await load(result);
  const ended = performance.now();
  const timings = {
    embedMs,
    textMs: found.timings.textMs,
    vectorsMs: found.timings.vectorsMs,
    fusionMs: found.timings.fusionMs,
    documentsMs: found.timings.documentsMs,
    rearrangeMs: found.timings.rearrangeMs,
    ...(isKept && NO_SEARCH),
    passagesMs: ended - searched,
    totalMs: ended - started,
  };
  const { candidates, next } = found;
  if (isWorthLogging(query, services.clock())) {
    const { filter, limit, settings = {} } = query;
    const documentIds = [...new Set(candidates.map(({ documentId }) => documentId))];
    const logged = { question, filter, settings, limit };
    services.queryLog?.note(context, { collectionId: query.collection.id, query: logged, documentIds });
  }
  const stages = [...readingOf(result.read, result.readMs), ...found.stages];
  const terms = analyse(question, languageOfQuestion(question));
  return { terms, vector, candidates, passages, next, plan, stages, timings, isKept };
}

/** So much may lie between asking and searching for a question about the present. */
const PRESENT_MS = 60_000;

/** First pages of questions about the present, whose asker lets things be kept. */
function isWorthLogging({ cache, after, asOf }: EvidenceQuery, now: number): boolean {
  return cache !== false && after === null && Math.abs(now - asOf) < PRESENT_MS;
}

/** A query whose every knob is decided. */
type PlannedQuery = EvidenceQuery & {
  readonly plan: RetrievalPlan;
  readonly words: DocumentWords;
};

/** The chunks found before in the same state of the index, or now. Who may read them, and whether they are still there, is asked anew. */
async function findChunks(
  services: AnswerServices,
  context: TenantContext,
  query: PlannedQuery,
): Promise<{ readonly result: FoundChunks; readonly isKept: boolean }> {
  const { question, filter, asOf, limit, after, plan, words, signal } = query;
  const settings = { limit, after, plan, words: words.revision };
  const scope = scopeOf(context, query.collection.id, services.embedder);
  const search = { scope, question, filter, asOf, settings, signal };
  if (query.cache === false)
    return { result: await searchChunks(services, context, { ...query, scope }), isKept: false };
  return await services.searches.find(context, search, {
    result: (stop) => searchChunks(services, context, { ...query, scope, signal: stop }),
    weigh: weightOf,
  });
}

async function searchChunks(
  services: AnswerServices,
  context: TenantContext,
  query: PlannedQuery & { readonly scope: IndexScope },
): Promise<FoundChunks> {
  const { question, signal, ...asked } = query;
  const started = performance.now();
  const embedder =
    query.cache === false ? services.embedder : services.questions.remembering(services.embedder, context);
  const [[vector = null], rewritten] = await Promise.all([
    embedder.embed([question], { purpose: 'query', signal }),
    rewriteQuestion(services.modelsFor(query.collection), context, { question, kinds: asked.plan.rewriting, signal }),
  ]);
  const others = await asQueries(embedder, rewritten.rewordings, { words: asked.words, signal });
  const embedded = performance.now();
  const read = readQuestion(question, asked.words);
  const readMs = performance.now() - embedded;
  const filter = readableAt(context, query.asOf, query.filter);
  const { limit, after, plan, words } = asked;
  const found = await hybridSearch(services.index, query.scope, {
    terms: read.terms,
    vector,
    filter,
    limit,
    after,
    signal,
    plan,
    words,
    others,
    rereading: {
      question,
      phrases: read.phrases,
      reranker: services.rerankerFor?.(context, query.collection) ?? null,
      textsOf: (ids) => loadTexts(services, context, ids),
    },
  });
  const stages = [...(rewritten.record === null ? [] : [rewritten.record]), ...found.stages];
  return { read, readMs, vector, embedMs: embedded - started, found: { ...found, stages }, passages: { byId: null } };
}

/** Other wordings as they are searched: a passage by its meaning alone, as documents are embedded (Gao et al. 2022, arXiv:2212.10496). */
async function asQueries(
  embedder: Embedder,
  rewordings: readonly Rewording[],
  { words, signal }: { readonly words: DocumentWords; readonly signal: AbortSignal },
): Promise<OtherQuery[]> {
  return await Promise.all(
    rewordings.map(async ({ kind, text }) => {
      const purpose = kind === 'passage' ? 'document' : 'query';
      const [vector = null] = await embedder.embed([text], { purpose, signal });
      return { kind, text, terms: kind === 'passage' ? [] : readQuestion(text, words).terms, vector };
    }),
  );
}

/** Of a result that was kept: nothing was searched. */
const NO_SEARCH = { embedMs: 0, textMs: 0, vectorsMs: 0, fusionMs: 0, documentsMs: 0, rearrangeMs: 0 };
/** With its passage: 200 tokens of it. */
const CANDIDATE_BYTES = 2_400;
const RANKED_BYTES = 100;

/** What a reranker failed at is not kept: the next search asks it again. */
function weightOf({ vector, found }: FoundChunks): number {
  if (found.stages.some(({ failed }) => failed === true)) return Number.POSITIVE_INFINITY;
  const ranked = found.stages.reduce((sum, { ranking }) => sum + ranking.length, 0);
  return 1_000 + found.candidates.length * CANDIDATE_BYTES + ranked * RANKED_BYTES + (vector?.byteLength ?? 0);
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
