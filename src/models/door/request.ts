import type { JSONSchema7, LanguageModelV4Message, LanguageModelV4ToolChoice } from '@ai-sdk/provider';
import type { z } from 'zod';
import type { PlumblineError } from '../../base/index.ts';
import type { DataClass } from '../../guard/index.ts';
import type { Difficulty } from '../routing/task-defaults.ts';
import type { CacheUse, CallUsage } from './ports.ts';

/** One message of a prompt; text may be given as a string. Parts are those of the Vercel AI SDK's provider interface. */
export type ModelMessage = LanguageModelV4Message | { readonly role: 'user' | 'assistant'; readonly content: string };

/** A function the model may ask for. The door never runs it. */
export interface ModelTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: JSONSchema7;
}

/** What every call says of itself. */
export interface CallBasics {
  /** What the model is to do: `answer`, `rewrite`, `classify`, `extract`, `judge`, `narrate`, or a name of one's own. */
  readonly task: string;
  /** What of the product asks: `answers`, `chat`, a solution's name. */
  readonly feature: string;
  /** Default: normal. */
  readonly difficulty?: Difficulty;
  /** The strictest class of the material: the task's and the registry's are added to it. `private` stays private. */
  readonly dataClass?: DataClass;
  readonly runId?: string;
  /** Whose budget pays. Default: the context's principal. */
  readonly userId?: string;
  /** Only this model of the registry, for evaluations and tests. */
  readonly model?: string;
  /** For the whole call, retries and fallbacks included, ms. Default: 60,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** A call of a language model. */
export interface ModelRequest extends CallBasics {
  readonly messages: readonly ModelMessage[];
  readonly tools?: readonly ModelTool[];
  readonly toolChoice?: LanguageModelV4ToolChoice;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** Lets a kept reply be used, and this one be kept. Absent: neither. */
  readonly cache?: CacheTerms;
  /** Asks the provider to cache the prompt up to the end of its system messages, where it has such a thing. */
  readonly cachePrompt?: boolean;
  /** What to say by rule when no model answers. Absent: the call fails. */
  readonly floor?: (failure: PlumblineError) => string | Promise<string>;
}

/** A call of a language model whose reply is an object that fits a schema. */
export interface ObjectRequest<T>
  extends CallBasics,
    Pick<ModelRequest, 'messages' | 'maxOutputTokens' | 'temperature' | 'seed' | 'cache' | 'cachePrompt'> {
  /** What the reply has to fit. The model sees it as JSON schema; transforms and refinements are checked here. */
  readonly schema: z.ZodType<T>;
  /** What the model is told the object is called: letters, digits, `_`, `-`. Default: `reply`. */
  readonly name?: string;
  /** How often the model may mend a reply that does not fit. Default: 2. */
  readonly repairs?: number;
  /**
   * Hears the object while it comes: plain JSON in which is missing what has not come yet, and that nothing has checked.
   * Starts anew when the model mends its reply or another model steps in. Given, the reply is streamed.
   */
  readonly partials?: (partial: unknown) => void;
  /** What to say by rule when no model answers, or none that fits. Absent: the call fails. */
  readonly floor?: (failure: PlumblineError) => T | Promise<T>;
}

/** A call of an embedding model. Vectors of different models never mix: name the `model`, or look at the reply's. */
export interface EmbedRequest extends Omit<CallBasics, 'task'> {
  readonly texts: readonly string[];
}

/** What an embedding model made. */
export interface EmbedReply extends CallReport {
  /** `Float32Array[]` — [text][dimension], each of unit length. */
  readonly vectors: readonly Float32Array[];
}

/** A call of a rerank model. */
export interface RerankRequest extends Omit<CallBasics, 'task'> {
  readonly query: string;
  readonly documents: readonly string[];
  /** Only the best so many. Default: all. */
  readonly topN?: number;
}

/** What a rerank model decided. */
export interface RerankReply extends CallReport {
  /** Positions in the documents, best first; higher scores are better, their range is the model's. */
  readonly ranking: readonly { readonly index: number; readonly score: number }[];
}

/** What a kept reply depends on beside the prompt. */
export interface CacheTerms {
  readonly promptVersion: string;
  readonly indexVersion?: string;
  /** ISO 8601. */
  readonly asOf?: string;
  /** The part a paraphrase may replace; absent: exact hits only. */
  readonly question?: string;
  /**
   * With `question`: what the reply depends on beside it and the evidence (collection, filter, conversation), when the prompt
   * holds evidence that differs between paraphrases. Absent: the whole prompt must be equal but for the question.
   */
  readonly scope?: string;
}

/** A function the model asks for; the input is not checked against the tool's schema. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** A model that was tried and did not answer. */
export interface TriedModel {
  readonly model: string;
  /** Code of its error. */
  readonly code: string;
}

/** How a call came to its reply. */
export interface CallReport {
  /** UUIDv7; the records of the meter have it too. */
  readonly callId: string;
  readonly source: 'model' | 'cache' | 'floor';
  /** Ids in the registry; null: the floor answered. */
  readonly model: string | null;
  readonly provider: string | null;
  /** Why this model, one sentence. */
  readonly reason: string;
  readonly tried: readonly TriedModel[];
  /** Of the reply itself; what failed attempts may have used is in the meter's records. */
  readonly usage: CallUsage;
  readonly cache: CacheUse;
  readonly latencyMs: number;
}

/** Why a reply ended. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

/** What a language model answered. */
export interface ModelReply extends CallReport {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: FinishReason;
}

/** An object that fits its schema. */
export interface ObjectReply<T> extends CallReport {
  readonly object: T;
  /** How often the model had to mend it. */
  readonly repairs: number;
}

/** A reply while it comes. */
export interface ModelStream {
  /** Text as it comes. Ends with the reply, or throws what ended it; leaving early stops the model. Read it once. */
  readonly text: AsyncIterable<string>;
  /** The whole reply, when `text` has been read to its end; rejects with what ended it. */
  readonly reply: Promise<ModelReply>;
}
