/**
 * What a claim can be:
 * - `supported`: the sources carry all of it.
 * - `partly`: they carry some of it (only a judge and the sum over a sentence say this).
 * - `contradicted`: they say something that cannot be true together with it; `conflict` shows the pair.
 * - `unverified`: it is not shown; the score says how near the sources come, the reason what is missing.
 * - `not-a-claim`: nothing is stated (a question, a greeting, a heading, a word about the answer itself).
 */
export type ClaimStatus = 'supported' | 'partly' | 'contradicted' | 'unverified' | 'not-a-claim';

/** One statement of an answer. */
export interface Claim {
  /** The words to be checked: complete in itself, without citation marks; a shared subject is repeated. */
  readonly text: string;
  /** Where its own words stand in the text it was split from. Half-open, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Position of its sentence, 0-based; the claims of one sentence share it. */
  readonly sentence: number;
  /** The sources its sentence names in square brackets, as written there; null: none, all sources count. */
  readonly cites: readonly string[] | null;
  /** False for questions, greetings, headings and words about the answer itself. */
  readonly isClaim: boolean;
}

/** A text that may carry claims. */
export interface ClaimSource {
  /** What a citation calls it. */
  readonly id: string;
  readonly text: string;
  /** Title and headings above the text; words found there count as said. */
  readonly context?: string;
}

/** A stretch of a source: `text.slice(start, end)`, half-open, UTF-16 code units. */
export interface SourceSpan {
  readonly sourceId: string;
  readonly start: number;
  readonly end: number;
}

/** What two conflicting stretches are about. */
export type ConflictKind =
  | 'number'
  | 'unit'
  | 'date'
  | 'name'
  | 'negation'
  | 'quantifier'
  | 'modality'
  | 'roles'
  | 'opposite';

/** The words of a claim and the words of a source that cannot both be true. */
export interface ClaimConflict {
  readonly kind: ConflictKind;
  /** The claim's words and where they stand in {@link Claim.text}. */
  readonly claim: { readonly text: string; readonly start: number; readonly end: number };
  /** The source's words. */
  readonly source: SourceSpan & { readonly text: string };
}

/** Which level decided. */
export type VerifierLevel = 'quote' | 'local' | 'nli' | 'judge';

/** A claim with what the sources say of it. */
export interface ClaimVerdict {
  readonly claim: Claim;
  readonly status: ClaimStatus;
  /** False: no level was sure; a dearer one should look. */
  readonly settled: boolean;
  /** 0…1, higher: more likely carried by the sources. Comparable within a level, not calibrated. */
  readonly score: number;
  /** What carries or contradicts it, best first; for `unverified` what comes nearest. May be empty. */
  readonly spans: readonly SourceSpan[];
  /** Why, in words: `the source says "30 days", the answer says "90 days"`. */
  readonly reason: string;
  /** Null for what is not a claim. */
  readonly level: VerifierLevel | null;
  readonly conflict: ClaimConflict | null;
}
