import type { Filter } from './filter.ts';

/** Milliseconds within which an adapter shows a process what others wrote; its own writes it shows at once. */
export const WRITES_SHOWN_WITHIN_MS = 250;

/** Which index: isolation between tenants, collections and embedders is structural, not a filter. */
export interface IndexScope {
  readonly tenantId: string;
  readonly collectionId: string;
  readonly embedderId: string;
  /** Length of the vectors; every vector is checked against it. */
  readonly dimensions: number;
}

/** What can be filtered on; kept beside both the terms and the vector of a chunk. */
export interface ChunkAttributes {
  /** UUIDv5, see `chunkIdOf`. */
  readonly id: string;
  readonly documentId: string;
  readonly versionId: string;
  /** URI, or path relative to the source's root. */
  readonly externalId: string;
  readonly mediaType: string;
  /** Access-list entries; a reader must match at least one. */
  readonly acl: readonly string[];
  readonly tags: readonly string[];
  /** Further facts as `key=value`, both verbatim. */
  readonly metadata: readonly string[];
  /** When the text is valid: half-open interval, milliseconds since 1970 UTC; `effectiveTo` null: still valid. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
}

/** A chunk as the text index holds it. The words themselves stay in the canonical text. */
export interface TextEntry extends ChunkAttributes {
  /** The chunk's terms as `analyse` makes them (title and headings included), joined by one space. */
  readonly terms: string;
}

/** A chunk as the vector index holds it. */
export interface VectorEntry extends ChunkAttributes {
  /** Unit length, `dimensions` long. */
  readonly vector: Float32Array;
}

/** A chunk found, best first. */
export interface Hit {
  readonly id: string;
  readonly documentId: string;
  readonly versionId: string;
  /** BM25 (≥ 0, higher is better) from `searchText`; cosine (−1…1, higher is better) from `searchVectors`. */
  readonly score: number;
}

/** Options of the writing calls. */
export interface PutOptions {
  /**
   * True when some of the chunks may already be in the index (after a crash, a retry): they are replaced.
   * False lets the adapter append, which is much faster; the caller vouches that none is there.
   */
  readonly mayExist: boolean;
}

/** Options of the searching calls. */
export interface SearchOptions {
  /** Pre-filter: applied before ranking, never after. Access list and validity interval are part of it. */
  readonly filter: Filter;
  /** 1…1,000. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/**
 * The chunk index: terms and vectors of one collection, searchable and filterable. A projection of the store that can
 * be dropped and rebuilt at any time. Adapters: LanceDB, pgvector. All adapters pass `chunk-index.conformance.ts`.
 * One writer per scope at a time (the projector); any number of readers. A scope comes into being at its first write;
 * reading one that does not exist finds nothing.
 */
export interface ChunkIndex {
  putText(scope: IndexScope, entries: readonly TextEntry[], options: PutOptions): Promise<void>;
  putVectors(scope: IndexScope, entries: readonly VectorEntry[], options: PutOptions): Promise<void>;
  /** Ends the validity of versions that were superseded or disappeared. */
  closeVersions(scope: IndexScope, versionIds: readonly string[], effectiveTo: number): Promise<void>;
  /** Takes documents out; found no more when it returns, but their bytes may remain until `scrub`. */
  removeDocuments(scope: IndexScope, documentIds: readonly string[]): Promise<void>;
  /** Rewrites what is needed so that no term of a removed chunk remains on disk. */
  scrub(scope: IndexScope): Promise<void>;
  /** Brings un-indexed rows into the indexes and compacts; cheap when there is nothing to do. */
  optimise(scope: IndexScope): Promise<void>;
  /** Rows not yet covered by the text and the vector index: what makes searches slow until `optimise`. */
  unindexed(scope: IndexScope): Promise<{ text: number; vectors: number }>;
  /** BM25 over terms as `analyse` makes them; any term may match. */
  searchText(scope: IndexScope, terms: readonly string[], options: SearchOptions): Promise<Hit[]>;
  searchVectors(scope: IndexScope, vector: Float32Array, options: SearchOptions): Promise<Hit[]>;
  /** True cosine of the named chunks to the vector; chunks without a vector are missing from the map. */
  similarities(scope: IndexScope, vector: Float32Array, ids: readonly string[]): Promise<Map<string, number>>;
  /**
   * Vectors of the named chunks, unit length to within .01 (an adapter may keep them in a byte per dimension); chunks
   * without one are missing from the map.
   */
  vectors(scope: IndexScope, ids: readonly string[]): Promise<Map<string, Float32Array>>;
  /** All ids in ascending order, page by page, for reconciliation and keyset pagination. `after` is exclusive. */
  listIds(
    scope: IndexScope,
    part: 'text' | 'vectors',
    page: { after: string | null; limit: number },
  ): Promise<string[]>;
  /** Drops the scope with everything on disk. */
  drop(scope: IndexScope): Promise<void>;
  close(): Promise<void>;
}
