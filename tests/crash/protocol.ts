/** What the process that is killed tells the one that kills it. What it told is acknowledged. */
export type Told =
  | { readonly kind: 'verified'; readonly verdict: Verdict }
  | { readonly kind: 'working' }
  | { readonly kind: 'reached'; readonly stage: string }
  | { readonly kind: 'stored'; readonly documentId: string; readonly versionId: string }
  | { readonly kind: 'deleting' | 'deleted'; readonly documentId: string; readonly word: string }
  | { readonly kind: 'failed'; readonly error: string };

/** What was told so far, over all rounds. */
export interface Ledger {
  /** [version, document] */
  readonly stored: readonly (readonly [string, string])[];
  /** Deletions that were begun: the document may be there or not. */
  readonly deleting: readonly string[];
  /** Deletions that were acknowledged: documents and the words only they had. */
  readonly deleted: readonly (readonly [string, string])[];
}

/** What was found after a restart; `problems` must be empty. */
export interface Verdict {
  readonly problems: readonly string[];
  readonly documents: number;
  readonly versions: number;
  readonly chunks: number;
  readonly blobs: number;
}

/** What the process is given. */
export interface Task {
  readonly home: string;
  /** Folder of files that a pass goes over; the process adds to it. */
  readonly folder: string;
  readonly seed: number;
  readonly ledger: Ledger;
  /** Checks only, and also that deleted words are off the disk, then ends by itself. */
  readonly last: boolean;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
