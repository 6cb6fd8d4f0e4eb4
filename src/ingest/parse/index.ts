/**
 * Turns files into text with structure, and that into chunks, in capped processes without files, network or
 * environment. Never parses anything on the server's thread, never stores anything. Start with `pool/parse-pool.ts`
 * for the processes and `parse-file.ts` for the formats.
 */
export type { ParseFailureCode } from './failures.ts';
export {
  type Block,
  type BlockKind,
  type Chunk,
  type ChunkOptions,
  type DeclaredFacts,
  isOutsidePage,
  type ParsedDocument,
  type ParseRequest,
  type ParseResult,
} from './parsed-document.ts';
export { isOutdatedParser } from './parser-revisions.ts';
export { type RecordField, recordFieldsOf } from './record-fields.ts';
export { cellsOf, isRow } from './table-cells.ts';
export { createParsePool, type ParseOptions, type ParsePool, type ParsePoolOptions } from './pool/parse-pool.ts';
