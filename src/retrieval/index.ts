/**
 * Finds chunks: the terms of a text, the chunk index with its adapters on LanceDB and pgvector, hybrid search by words and
 * meaning, fusion, the stages after it, filters. Never reads documents' text, never decides who may read (it applies what
 * `readableAt` says), never embeds.
 * Start with `chunk-index.ts` (the port), `hybrid-search.ts` (what a question runs), `analyse.ts` (what a term is).
 */
export { analyse, chunkTerms } from './terms/index.ts';
export {
  BoundedCache,
  type CacheCounts,
  openSearchCaches,
  type SearchCache,
  type VectorCache,
  versionedChunkIndex,
} from './cache/index.ts';
export type {
  ChunkAttributes,
  ChunkIndex,
  Hit,
  IndexScope,
  PutOptions,
  SearchOptions,
  TextEntry,
  VectorEntry,
} from './chunk-index.ts';
export { languageOfQuestion } from './detect-language.ts';
export { DocumentWords, findShortForms } from './document-words/index.ts';
export type { Filter, FilterField } from './filter.ts';
export { checkFields, checkMetadata, type FieldSchema } from './filter-fields.ts';
export { type FieldCondition, metadataEntries, metadataFilter } from './filter-metadata.ts';
export { FUSIONS, type Scored } from './fusion.ts';
export {
  type Candidate,
  type HybridQuery,
  type HybridResult,
  type HybridTimings,
  hybridSearch,
  type Standing,
} from './hybrid-search.ts';
export { type LanceChunkIndexOptions, openLanceChunkIndex } from './lancedb/lance-chunk-index.ts';
export type { FilterableAttributes } from './match-filter.ts';
export type { OtherQuery } from './search-others.ts';
export { openPgvectorChunkIndex, type PgvectorChunkIndexOptions } from './pgvector/pgvector-chunk-index.ts';
export { type QuestionRead, readQuestion } from './question/index.ts';
export { readableAt } from './readable-at.ts';
export {
  checkSettings,
  PRESET_NAMES,
  planOf,
  type Preset,
  type Reranker,
  type RetrievalPlan,
  type RetrievalSettings,
  type StageRecord,
} from './stages/index.ts';
