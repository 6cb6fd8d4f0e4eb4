/** A query with its vector, so that no engine's latency holds the embedding of the query. */
export interface Query {
  readonly text: string;
  /** Unit length. */
  readonly vector: Float32Array;
}

/** What every engine is built from; the same chunks, in the same order. */
export interface SearchSetting {
  /** How many chunks. */
  readonly chunks: number;
  readonly seed: number;
  /** Vectors of the passages the chunks are mixed from, [passage][dimension]. */
  readonly passageVectors: readonly Float32Array[];
  readonly queries: readonly Query[];
  /** An empty folder for what the engine keeps on disk. */
  readonly home: string;
}

/** A way of searching; returns the numbers of the chunks found, best first, 10 of them at most. */
export type Search = (query: Query) => Promise<number[]> | number[];

/** An engine, built. */
export interface Engine {
  /** By mode: `text`, `vector`, `hybrid`. */
  readonly searches: Readonly<Record<string, Search>>;
}

/** How many results every search asks for. */
export const resultCount = 10;
