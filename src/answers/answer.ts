import type { AnsweredChanges } from './changes/answer-changes.ts';
import type { AskedWith } from './question.ts';
import type { Conflict } from './conflicts/conflict.ts';

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
  /** When the version is valid, ISO 8601 UTC, half-open; `effectiveTo` null: still valid. */
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/**
 * - `quoted`: the source's own words.
 * - `supported`: a source carries all of it; `partly`: some of it.
 * - `contradicted`: a source says otherwise; `unverified`: no source says it.
 * - `not-a-claim`: there is nothing to check.
 */
export type Verdict = 'quoted' | 'supported' | 'partly' | 'contradicted' | 'unverified' | 'not-a-claim';

/** What checking a sentence came to. */
export interface SentenceVerdict {
  readonly verdict: Verdict;
  /** How well the sources carry it: 0…1, higher is better. */
  readonly score: number;
  /** In words, where there is something to say. */
  readonly reason: string | null;
}

/** A sentence of an answer with the citations that carry it. */
export interface AnswerSentence extends SentenceVerdict {
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
 * - `generated`: a model's words, each sentence checked against the sources it cites.
 * - `abstained`: nothing found carries an answer; `missing` says what was looked for and what would answer it,
 *   `nearest` what came closest.
 * - `clarification`: the question can mean several things that are answered otherwise; the text says each and asks which is meant.
 */
export type AnswerKind = 'extractive' | 'generated' | 'abstained' | 'clarification';

/** What an abstention is about. */
export interface Missing {
  /** The words of the question that were looked for. */
  readonly lookedFor: readonly string[];
  /** Those of them that no passage near the question holds. */
  readonly notFound: readonly string[];
  /** What a document would have to say to answer it, in a sentence. */
  readonly wouldAnswer: string;
}

/** What made an answer; enough, with the question, to make it again. */
export interface AnswerRecord {
  /** `name@version` of the prompt; null: no model was asked. */
  readonly prompt: string | null;
  readonly model: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  /** The answer this one replays. */
  readonly replayOf: string | null;
  /** What was done to the passages before a model read them, a sentence each; []: none read any. */
  readonly reading: readonly string[];
  /** What was asked beside the question's words and moment; absent: nothing. */
  readonly asked?: AskedWith;
  /** Why none of a model's words are in the answer though one was asked: it failed, or a budget is used up. */
  readonly unheard?: { readonly code: string; readonly message: string };
}

/** What is asked back where a question can mean several things. */
export interface Clarification {
  /** In the language of the question. */
  readonly question: string;
  /** What it can mean, best first, each with the question that says so. */
  readonly options: readonly { readonly label: string; readonly question: string }[];
}

/** An answer as JSON. */
export interface AnswerObject {
  /** Fits the schema that was asked for. */
  readonly value: unknown;
  /**
   * Each text, number and yes or no in the value: its place as JSON pointer (RFC 6901), the position in `Answer.sentences` of the words
   * that carry it with their verdict, and where it stands in `Answer.text` (half-open, UTF-16 code units).
   */
  readonly leaves: readonly {
    readonly pointer: string;
    readonly sentence: number;
    readonly start: number;
    readonly end: number;
  }[];
}

/** An answer as it was given; stored so that a link opens the same words. */
export interface Answer {
  readonly id: string;
  readonly question: string;
  /** Of a follow-up: the question as it was read after those before it; absent: as it stands. */
  readonly readAs?: string;
  readonly kind: AnswerKind;
  /** The sentences joined, as text, list or table; JSON where that was asked for; empty when abstained. */
  readonly text: string;
  /** Where JSON was asked for and given. */
  readonly object?: AnswerObject;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  /**
   * How likely what was found carries an answer: 0…1, higher is surer; calibrated on people's questions, half of them without an
   * answer, in `confidence/confidence.ts`. Whether to answer is decided apart, in `extractive/decide.ts`.
   */
  readonly confidence: number;
  /** Where sources that were read disagree. */
  readonly conflicts: readonly Conflict[];
  /** Why it abstained, in a sentence; null otherwise. */
  readonly reason: string | null;
  /** When abstained: what was looked for; null otherwise. */
  readonly missing: Missing | null;
  /** When abstained: the nearest evidence, best first. */
  readonly nearest: readonly Citation[];
  /** Where the question can mean several things; beside a model's words, too. */
  readonly clarification?: Clarification;
  /** Of a question what changed between two moments; absent otherwise. */
  readonly changes?: AnsweredChanges;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
  readonly candidates: readonly AnswerCandidate[];
  readonly record: AnswerRecord;
  /** Name of the collection asked. */
  readonly collection: string;
  /** The moment the answer is about, ISO 8601 UTC. */
  readonly asOf: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
}
