/** Words of a source that carry a sentence. `text.slice(start, end)` of the version's canonical text equals `quote`. */
export interface Citation {
  readonly documentId: string;
  readonly versionId: string;
  /** 1-based. */
  readonly version: number;
  readonly title: string;
  /** URI, or path relative to the source's root. */
  readonly externalId: string;
  /** 1-based; null where the format has no pages. */
  readonly page: number | null;
  readonly headingPath: readonly string[];
  /** Half-open, UTF-16 code units into the canonical text. */
  readonly start: number;
  readonly end: number;
  /** Verbatim. */
  readonly quote: string;
}

/** A sentence of an answer with the citations that carry it. */
export interface AnswerSentence {
  readonly text: string;
  /** Positions in `Answer.citations`, 0-based. */
  readonly citations: readonly number[];
}

/** Where a passage stood at each stage of retrieval; ranks from 1, null: not among that stage's candidates. */
export interface AnswerCandidate {
  readonly chunkId: string;
  readonly documentId: string;
  readonly title: string;
  readonly text: { readonly rank: number; readonly score: number } | null;
  readonly vector: { readonly rank: number; readonly score: number } | null;
  readonly fused: { readonly rank: number; readonly score: number };
  /** Whether a sentence of it is in the answer. */
  readonly used: boolean;
}

/**
 * - `extractive`: the best sentences of the sources, verbatim.
 * - `abstained`: nothing found carries an answer; `reason` says what was looked for, `nearest` what came closest.
 *
 * Generated answers will be a third kind.
 */
export type AnswerKind = 'extractive' | 'abstained';

/** An answer as it was given; stored so that a link opens the same words. */
export interface Answer {
  readonly id: string;
  readonly question: string;
  readonly kind: AnswerKind;
  /** The sentences joined; empty when abstained. */
  readonly text: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  /** 0…1, higher is surer; not yet calibrated. */
  readonly confidence: number;
  /** Why it abstained, in a sentence; null otherwise. */
  readonly reason: string | null;
  /** When abstained: the nearest evidence, best first. */
  readonly nearest: readonly Citation[];
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
  readonly candidates: readonly AnswerCandidate[];
  /** Name of the collection asked. */
  readonly collection: string;
  /** The moment the answer is about, ISO 8601 UTC. */
  readonly asOf: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
}
