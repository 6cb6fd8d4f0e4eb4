/** What a provider's wire format makes of a request; formats differ, this does not. */
export interface TestCall {
  /** Position in the log, from 0. */
  readonly index: number;
  readonly wire: 'openai' | 'anthropic' | 'bedrock' | 'google';
  readonly kind: 'chat' | 'embeddings' | 'rerank';
  readonly path: string;
  readonly model: string;
  readonly stream: boolean;
  /** The request's body as it came over the wire. */
  readonly rawBody: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The JSON schema the reply is held to; null: free text. */
  readonly schema: unknown;
  /** The tool the model is forced to call; null: none. */
  readonly forcedTool: string | null;
}

/** Tokens a reply says it used. */
export interface TestUsage {
  /** All input, cached and written to the cache included. */
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  /** OpenAI's format has no place for it. Default: 0. */
  readonly cacheWriteInputTokens?: number;
  readonly outputTokens: number;
}

/** What the test provider answers. */
export interface TestReply {
  /** Streamed in these pieces; joined when not streamed. */
  readonly pieces: readonly string[];
  /** Calls of tools instead of text. */
  readonly toolCalls: readonly { readonly name: string; readonly input: unknown }[];
  readonly usage: TestUsage;
}

/** One reply as bytes: a body in one piece, or frames of a stream. */
export interface WireReply {
  readonly contentType: string;
  readonly frames: readonly (string | Uint8Array)[];
}

/** A wire format, server side. */
export interface Wire {
  /** The whole reply; with `withUsage` false the usage is left out. */
  write(call: TestCall, reply: TestReply, withUsage: boolean): WireReply;
}
