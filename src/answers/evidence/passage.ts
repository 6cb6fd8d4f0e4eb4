import type { Candidate } from '../../retrieval/index.ts';

/** A chunk that was found, with its words and its place. */
export interface FoundPassage {
  readonly candidate: Candidate;
  readonly documentId: string;
  readonly versionId: string;
  /** 1-based. */
  readonly version: number;
  readonly title: string;
  readonly externalId: string;
  readonly mediaType: string;
  readonly headingPath: readonly string[];
  /** Ascending offsets where pages begin; empty where the format has no pages. */
  readonly pageStarts: readonly number[];
  /** Half-open, UTF-16 code units into the canonical text. */
  readonly start: number;
  readonly end: number;
  /** The words between `start` and `end`. */
  readonly text: string;
  /** Milliseconds since 1970 UTC; null: still valid. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
}

/** A passage with the text it stands in. */
export interface Passage extends FoundPassage {
  /** The version's whole canonical text, shared by its passages. */
  readonly source: string;
  /** SHA-256 in hex of `source` as UTF-8, as it was stored. */
  readonly sourceSha256: string;
}

/** The page an offset is on, 1-based; null where the format has no pages. */
export function pageAt(pageStarts: readonly number[], offset: number): number | null {
  if (pageStarts.length === 0) return null;
  let low = 0;
  let high = pageStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pageStarts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}
