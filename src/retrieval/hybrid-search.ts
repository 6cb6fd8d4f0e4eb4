import type { ChunkIndex, Hit, IndexScope } from './chunk-index.ts';
import { type DocumentWords, weighDocuments } from './document-words/index.ts';
import type { Filter } from './filter.ts';
import { fuse, type Fusion, type Scored } from './fusion.ts';
import { pageAfter } from './page.ts';
import { type Found, searchBoth } from './search-both.ts';
import { joinedWith, type OtherQuery, searchOthers } from './search-others.ts';
import { planOf, type RetrievalPlan, type Rereading, rearrange, reread, type StageRecord } from './stages/index.ts';

/** A hybrid search. */
export interface HybridQuery {
  /** Terms of the question as `analyse` makes them; none: vectors only. */
  readonly terms: readonly string[];
  /** The question's vector, unit length; null (no embedder, embedding failed): text only. */
  readonly vector: Float32Array | null;
  /** From `readableAt`. */
  readonly filter: Filter;
  /** Results wanted, 1…1,000. */
  readonly limit: number;
  /** From `planOf`; default: its defaults. */
  readonly plan?: RetrievalPlan;
  /** The collection's documents counted; null or left out: not counted (yet), and the stage that needs them is left out. */
  readonly words?: DocumentWords | null;
  /** What reads the best passages again; left out: nothing does. */
  readonly rereading?: Rereading;
  /** Cursor of the page before; the other fields must be the same as for that page. */
  readonly after?: string | null;
  /** Other wordings of the question, searched beside it; left out: none. */
  readonly others?: readonly OtherQuery[];
  readonly signal?: AbortSignal;
}

/** Where a chunk stood in one ranking; `rank` from 1. */
export interface Standing {
  readonly rank: number;
  readonly score: number;
}

/** A chunk found and how it got there. */
export interface Candidate {
  readonly id: string;
  readonly documentId: string;
  readonly versionId: string;
  /** From 1, over all pages. */
  readonly rank: number;
  /** The last stage's score; higher is better, comparable within one query only. */
  readonly score: number;
  /** Null: not among the text candidates. */
  readonly text: Standing | null;
  /** Null: not among the vector candidates. */
  readonly vector: Standing | null;
  /** Cosine to the question, also for chunks that only the text ranking found; null: no vector. */
  readonly cosine: number | null;
}

/** Milliseconds per stage; text and vectors run at the same time, so the total is less than their sum. */
export interface HybridTimings {
  readonly textMs: number;
  readonly vectorsMs: number;
  readonly similaritiesMs: number;
  readonly fusionMs: number;
  /** Of weighing whole documents. */
  readonly documentsMs: number;
  /** Of the stages after fusion. */
  readonly rearrangeMs: number;
  readonly totalMs: number;
}

/** One page of a hybrid search. */
export interface HybridResult {
  readonly candidates: readonly Candidate[];
  /** For `after` of the next page; null when there is none. */
  readonly next: string | null;
  readonly timings: HybridTimings;
  /** What each stage did, in the order they ran. */
  readonly stages: readonly StageRecord[];
}

/**
 * Searches by words and by meaning at the same time and fuses the two rankings, then runs the stages of the plan.
 * @throws PlumblineError `filter.invalid`, `filter.too-complex`, `cursor.invalid`, `operation.aborted`
 */
export async function hybridSearch(index: ChunkIndex, scope: IndexScope, query: HybridQuery): Promise<HybridResult> {
  const started = performance.now();
  const plan = query.plan ?? planOf();
  const depth = depthOf(plan, query);
  const searching = searchOthers(index, scope, { ...query, others: query.others ?? [], depth });
  const [own, others] = await Promise.all([searchBoth(index, scope, { ...query, depth }), searching]);
  const fusing = performance.now();
  const fused = fuse(own, plan.fusion);
  const weighing = performance.now();
  const weighed = weigh(own, { fused, plan, query });
  const rearranging = performance.now();
  const ofQuestion = weighed?.ranking ?? fused;
  const joined = await joinedWith(index, scope, { own, ranking: ofQuestion, others, query, fusion: plan.fusion });
  const { found } = joined;
  const start = joined.stages.at(-1)?.ranking ?? ofQuestion;
  const rearranged = await rearrange(index, scope, { fused: start, plan });
  const upToHere = rearranged.at(-1)?.ranking ?? start;
  const { rereading, signal = new AbortController().signal } = query;
  const again = rereading === undefined ? [] : await reread(upToHere, rereading, { depth: plan.rerank, signal });
  const after = [...joined.stages, ...rearranged, ...again];
  const ranked = explain(found, after.at(-1)?.ranking ?? upToHere);
  const { entries, next } = pageAfter(ranked, { after: query.after ?? null, limit: query.limit });
  const ended = performance.now();
  const timings = {
    ...found.timings,
    fusionMs: weighing - fusing,
    documentsMs: rearranging - weighing,
    rearrangeMs: ended - rearranging,
    totalMs: ended - started,
  };
  const stages = [...recordsOf(own, { fused, plan, timings }), ...(weighed === null ? [] : [weighed]), ...after];
  return { candidates: entries, next, timings, stages };
}

function howFused(fusion: Fusion): string {
  if (fusion.by === 'rank') return 'sum of 1 / (60 + rank)';
  if (fusion.by === 'minmax') return `bm25 + ${fusion.weight} · cosine, each scaled to 0…1`;
  return `bm25 / highest bm25 + ${fusion.weight} · cosine`;
}

/** Null: the plan has no such stage. */
function weigh(
  found: Found,
  { fused, plan, query }: { fused: readonly Scored[]; plan: RetrievalPlan; query: HybridQuery },
): StageRecord | null {
  const { documents, fusion } = plan;
  if (documents === null || fusion.by !== 'score' || query.terms.length === 0) return null;
  const { words } = query;
  const stage = 'documents';
  if (words === undefined || words === null || words.size === 0) {
    return { stage, what: 'left out: the words of the documents are not counted yet', ms: 0, ranking: fused };
  }
  const started = performance.now();
  const best = found.text[0]?.score ?? 0;
  const wordShares = new Map(found.text.map(({ id, score }) => [id, best > 0 ? score / best : 0]));
  const versions = new Map([...found.vectors, ...found.text].map(({ id, versionId }) => [id, versionId]));
  const result = weighDocuments(words, { fused, wordShares, versions }, { terms: query.terms, weighing: documents });
  const suggested = [...result.terms.keys()].filter((term) => !query.terms.includes(term));
  const further = suggested.length === 0 ? '' : `, also asked for ${suggested.join(', ')}`;
  const what = `${documents.weight} of the words’ part is BM25 of the whole document${further}`;
  return { stage, what, ms: performance.now() - started, ranking: result.ranking };
}

function depthOf(plan: RetrievalPlan, query: HybridQuery): number {
  return Math.min(1_000, Math.max(plan.candidates, query.limit));
}

function recordsOf(
  found: Found,
  { fused, plan, timings }: { fused: readonly Scored[]; plan: RetrievalPlan; timings: HybridTimings },
): StageRecord[] {
  const { fusion } = plan;
  const how = howFused(fusion);
  return [
    { stage: 'words', what: 'BM25 of the question’s terms', ms: timings.textMs, ranking: found.text },
    { stage: 'meaning', what: 'cosine to the question’s vector', ms: timings.vectorsMs, ranking: found.vectors },
    { stage: 'fusion', what: how, ms: timings.fusionMs, ranking: fused },
  ];
}

function explain(found: Found & { readonly more: readonly Hit[] }, ranking: readonly Scored[]): Candidate[] {
  const text = standings(found.text);
  const vectors = standings(found.vectors);
  const hits = new Map([...found.more, ...found.vectors, ...found.text].map((hit) => [hit.id, hit]));
  return ranking.flatMap(({ id, score }, index) => {
    const hit = hits.get(id);
    if (hit === undefined) return [];
    const { documentId, versionId } = hit;
    const vector = vectors.get(id) ?? null;
    const cosine = vector?.score ?? found.similarities.get(id) ?? null;
    return { id, documentId, versionId, rank: index + 1, score, text: text.get(id) ?? null, vector, cosine };
  });
}

function standings(hits: readonly Hit[]): Map<string, Standing> {
  return new Map(hits.map((hit, index) => [hit.id, { rank: index + 1, score: hit.score }]));
}
