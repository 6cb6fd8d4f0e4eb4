/**
 * Cuts a parsed document into chunks that fit the embedder, and a text into sentences. Pure functions on plain data;
 * never reads a file, never embeds. Start with `chunk-document.ts`; `pack.ts` holds the packing rule.
 */
export type { ChunkOptions } from '../parse/parsed-document.ts';
export { type ChunkContext, type ChunkedDocument, chunkDocument } from './chunk-document.ts';
export { checkChunking, DEFAULT_CHUNKING } from './chunk-options.ts';
export { type Span, splitSentences } from './sentences.ts';
