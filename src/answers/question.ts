import type { AnswerFormat } from '../prompts/index.ts';
import type { Collection } from '../ingest/index.ts';
import type { Filter } from '../retrieval/index.ts';
import type { Between } from './changes/asked-change.ts';
import type { Policy } from './generated/generation.ts';
import type { JsonSchema } from './objects/index.ts';

/** A question. */
export interface Question {
  readonly collection: Collection;
  readonly text: string;
  /** Milliseconds since 1970 UTC; null: now. */
  readonly asOf: number | null;
  readonly filter: Filter;
  /** What the asker asked before, oldest first: a follow-up is read in its light. */
  readonly earlier?: readonly string[];
  /** What changed between these, rather than an answer to the words alone; a question in words may name them too. */
  readonly between?: Between;
  /** How a model answers, where one does. */
  readonly generation?: GenerationOptions;
  /** Decided by words and nearness alone: the reader of answers is not waited for, which a start would have to load first. Default: false. */
  readonly unread?: boolean;
  readonly signal: AbortSignal;
}

/** What is asked beside the question's words and moment, as it is kept with the answer. */
export type AskedWith = Partial<Pick<Question, 'filter' | 'earlier' | 'between' | 'generation' | 'unread'>>;

/** How a model answers; what is left out is the default. */
export interface GenerationOptions {
  /** `name@version` of the prompt. Default: `answer`. */
  readonly prompt?: string;
  /** Only this model of the registry. Default: as the task `answer` is routed. */
  readonly model?: string;
  /** Longest reply; at most, and by default, 1,000. */
  readonly maxTokens?: number;
  /** Default: text. */
  readonly format?: AnswerFormat;
  /** With the format json: a JSON schema of what the answer is to be. */
  readonly schema?: JsonSchema;
  /** What is done with sentences that the passages do not carry. Default: as the collection says; else repair once, then drop. */
  readonly policy?: Partial<Policy>;
  /** The answer this one replays. */
  readonly replayOf?: string;
}
