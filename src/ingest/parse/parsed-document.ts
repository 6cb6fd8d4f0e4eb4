/** What a stretch of the canonical text is. */
export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code' | 'quote' | 'record';

/**
 * First and only entry of the heading path of text that lies outside what a page shows, so that a chunk, a hit or a
 * citation of it says so (docs/decisions/0008-text-outside-the-page.md). Parsers set it; a document that uses it as a
 * heading only hides its own words from answers.
 */
export const OUTSIDE_PAGE = 'Outside the visible page';

/** Whether a heading path is that of text no reader of the page can see. */
export function isOutsidePage(headingPath: readonly string[]): boolean {
  return headingPath[0] === OUTSIDE_PAGE;
}

/** A stretch of the canonical text with its place in the document. Blocks are ordered and do not overlap. */
export interface Block {
  readonly kind: BlockKind;
  /** Half-open, UTF-16 code units into the canonical text. */
  readonly start: number;
  readonly end: number;
  /** 1-based, or null where the format has no pages. */
  readonly page: number | null;
  /** Headings above this block, outermost first; a heading's own text is the last entry of its path. */
  readonly headingPath: readonly string[];
}

/** Facts a document states about itself (front matter, properties). Data, never instructions. */
export interface DeclaredFacts {
  readonly title?: string;
  /** Milliseconds since 1970 UTC; a bare date is 00:00Z. */
  readonly effectiveFrom?: number;
  readonly effectiveTo?: number;
  readonly tags?: readonly string[];
  readonly language?: string;
  readonly author?: string;
}

/** A document turned into plain text with structure. */
export interface ParsedDocument {
  /** By content, for example `application/pdf`, `text/markdown`. */
  readonly mediaType: string;
  /** Declared title, else first heading, else null (the caller falls back to the file name). */
  readonly title: string | null;
  /** The canonical text: NFC, `\n` line ends, no control characters but `\n` and `\t`. All offsets point into it. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Null where the format has no pages. */
  readonly pageCount: number | null;
  readonly declared: DeclaredFacts;
  /** Name and revision of the parser, for example `pdf@1`; a new revision may give another text for the same bytes. */
  readonly parser: string;
  /** What could not be read but did not stop the parser, in plain sentences. */
  readonly warnings: readonly string[];
}

/** A piece of a version, as large as the embedder takes, with where it comes from. */
export interface Chunk {
  /** 0-based position in the version. */
  readonly ordinal: number;
  /** Half-open, UTF-16 code units into the canonical text. */
  readonly start: number;
  readonly end: number;
  /** Page of the first character; null where the format has no pages. */
  readonly page: number | null;
  readonly headingPath: readonly string[];
  /** Title and heading path on one line, at most 48 tokens; embedded and indexed in front of the body. */
  readonly header: string;
  /** Tokens of header and body together, special tokens not counted. */
  readonly tokenCount: number;
  /** The section around it (≤ 1,024 tokens), half-open. */
  readonly parentStart: number;
  readonly parentEnd: number;
}

/** What the parser child gives back for one file. */
export interface ParseResult {
  readonly document: ParsedDocument;
  /** Name and revision, for example `structural@1`. */
  readonly chunker: string;
  readonly chunks: readonly Chunk[];
  /** ISO 639-1: whose words and stems `terms` are made by. */
  readonly language: string;
  /** Per chunk, its terms as `analyse` makes them (header and body), joined by one space. */
  readonly terms: readonly string[];
  /** SHA-256 in hex of the canonical text as UTF-8. */
  readonly textSha256: string;
  /** SHA-256 in hex of the original bytes, taken in the parser child so that the caller's thread does not have to. */
  readonly originalSha256: string;
}

/** How to cut. */
export interface ChunkOptions {
  readonly strategy: 'structural' | 'fixed' | 'sentence';
  /** Tokens of body per chunk, default 200. */
  readonly bodyTokens: number;
  /** Tokens repeated from the chunk before, default 32. */
  readonly overlapTokens: number;
  /** Tokens of header at most, default 48. */
  readonly headerTokens: number;
  /** Tokens of the parent section at most, default 1,024. */
  readonly parentTokens: number;
}

/** One file for the parser. */
export interface ParseRequest {
  readonly bytes: Uint8Array;
  /** A hint for formats that content cannot tell apart (`.csv`, `.md`), and the fallback title. */
  readonly fileName: string;
  /** As the source declared it (an upload's or a response's content type); only a hint. */
  readonly declaredType?: string;
  readonly chunking: ChunkOptions;
}
