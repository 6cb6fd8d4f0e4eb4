import type { ChunkIndex, Hit, IndexScope } from './chunk-index.ts';
import type { Filter } from './filter.ts';

/** What is searched by words and by meaning at the same time. */
export interface BothQuery {
  /** None: vectors only. */
  readonly terms: readonly string[];
  /** Unit length; null: text only. */
  readonly vector: Float32Array | null;
  readonly filter: Filter;
  /** How deep each ranking is read, 1…1,000. */
  readonly depth: number;
  readonly signal?: AbortSignal;
}

/** Two rankings of one query, best first. */
export interface Found {
  readonly text: readonly Hit[];
  readonly vectors: readonly Hit[];
  /** Cosines of chunks that the text ranking has and the vector ranking missed. */
  readonly similarities: ReadonlyMap<string, number>;
  /** Milliseconds. */
  readonly timings: { readonly textMs: number; readonly vectorsMs: number; readonly similaritiesMs: number };
}

/** Searches by words and by meaning side by side. @throws PlumblineError as the index does */
export async function searchBoth(index: ChunkIndex, scope: IndexScope, query: BothQuery): Promise<Found> {
  const { filter, vector, signal, depth: limit } = query;
  const options = signal === undefined ? { filter, limit } : { filter, limit, signal };
  let vectorHits: readonly Hit[] = [];
  const vectorSearch = timed(async () => {
    if (vector !== null) vectorHits = await index.searchVectors(scope, vector, options);
    return vectorHits;
  });
  const textSearch = timed(async () => (query.terms.length > 0 ? index.searchText(scope, query.terms, options) : []));
  // Not after both: the text search is usually done first, and then the cosines come while vectors are searched.
  const similarities = textSearch.then((text) =>
    timed(async () => {
      if (vector === null || text.value.length === 0) return new Map<string, number>();
      const known = new Set(vectorHits.map((hit) => hit.id));
      const missing = text.value.flatMap((hit) => (known.has(hit.id) ? [] : hit.id));
      return index.similarities(scope, vector, missing);
    }),
  );
  const [text, vectors, cosines] = await Promise.all([textSearch, vectorSearch, similarities]);
  const timings = { textMs: text.ms, vectorsMs: vectors.ms, similaritiesMs: cosines.ms };
  return { text: text.value, vectors: vectors.value, similarities: cosines.value, timings };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const started = performance.now();
  const value = await work();
  return { value, ms: performance.now() - started };
}
