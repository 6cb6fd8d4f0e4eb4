import type { ParseResult } from '../parse/index.ts';

/** What a caller or a source says of a document beside its bytes. */
export interface GivenFacts {
  readonly title?: string;
  /** Who may read it; default everyone in the organisation. */
  readonly acl?: readonly string[];
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** When the text is valid, milliseconds since 1970 UTC; wins over what the document declares. */
  readonly effectiveFrom?: number;
  readonly effectiveTo?: number;
}

/** A parsed document ready to be stored: its blobs are put on disk right before it is stored. */
export interface PreparedDocument {
  readonly externalId: string;
  readonly sourceId: string | null;
  /** Empty for uploads. */
  readonly sourceState: string | null;
  readonly fallbackTitle: string;
  readonly given: GivenFacts;
  readonly originalSha256: string;
  readonly originalBytes: number;
  readonly parsed: ParseResult;
}

/** What storing a document did. */
export interface StoredDocument {
  readonly documentId: string;
  readonly versionId: string;
  readonly externalId: string;
  readonly title: string;
  /** 1-based. */
  readonly version: number;
  readonly chunks: number;
  readonly outcome: 'new' | 'changed' | 'unchanged';
}
