/** One of the sources that disagree. */
export interface ConflictSide {
  /** Position in `Answer.citations`. */
  readonly citation: number;
  /** The words that disagree: `48 months`. */
  readonly says: string;
  /** Since when the text is valid, and when it was learnt; ISO 8601 UTC. */
  readonly effectiveFrom: string;
  readonly recordedAt: string;
  /** From the document's metadata `authority`: higher weighs more; 0 when it says nothing. */
  readonly authority: number;
  /** Where it came from. */
  readonly provenance: 'folder' | 'file' | 'url' | 'upload';
}

/** Sources that answer the same question differently. Both are shown; which one to trust is the reader's decision. */
export interface Conflict {
  /** SHA-256 in hex of the places that disagree. */
  readonly key: string;
  /** Best first: by authority, then recency, then provenance. */
  readonly sides: readonly ConflictSide[];
  /** In words: what one says and what the other says, with dates. */
  readonly reason: string;
}
