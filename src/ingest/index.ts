/**
 * Brings documents in: sources → parser child → chunks → store → chunk index; keeps what failed in quarantine; takes
 * documents out again without leaving a word. Never answers questions and never trusts what a document says.
 * Start with `ingest.ts`; a document's way is `pipeline/source-pass.ts` → `documents/store-documents.ts` →
 * `projection/projector.ts`.
 */
export { splitSentences, type Span } from './chunk/index.ts';
export {
  type Collection,
  type CollectionSettings,
  type CollectionSummary,
  DEFAULT_COLLECTION,
  scopeOf,
} from './collections/collections.ts';
export type { GivenFacts, StoredDocument } from './documents/prepared-document.ts';
export type { CanonicalText, DocumentSummary, IndexedState } from './documents/read-documents.ts';
export { Ingest } from './ingest.ts';
export {
  cellsOf,
  createParsePool,
  isOutsidePage,
  isRow,
  type ParsePool,
  type RecordField,
  recordFieldsOf,
} from './parse/index.ts';
export type { IngestRun, RunOptions, RunState, SourceSpec } from './pipeline/ingest-runs.ts';
export type { IngestCounts, RunRemark, RunReport } from './pipeline/run-report.ts';
export type { Upload } from './pipeline/upload.ts';
export type { IndexComparison } from './projection/compare-index.ts';
export type { ProjectionProgress } from './projection/reindex.ts';
export type { QuarantinedFile } from './quarantine/quarantine.ts';
export type { IngestServices } from './services.ts';
