/**
 * What the package exports: the platform, its types, its errors. Solutions and users' own programs stand on this and on
 * `./testing.ts`, on nothing else.
 */
export type {
  Answer,
  AnswerCandidate,
  AnswerKind,
  AnswerSentence,
  Citation,
  SearchPage,
  SearchResult,
} from './answers/index.ts';
export { type ErrorKind, PlumblineError, type TenantContext } from './base/index.ts';
export { type Config, ConfigInvalid, loadConfig } from './config/index.ts';
export type { Collection, DocumentSummary, StoredDocument } from './ingest/index.ts';
export type { Embedder, EmbeddingPurpose, EmbedOptions, TokenCounter } from './models/index.ts';
export { createPlatform, type Platform, type PlatformOverrides } from './platform.ts';
export type { ChunkIndex, Filter } from './retrieval/index.ts';
export { type RunningServer, startServer, version } from './server/index.ts';
