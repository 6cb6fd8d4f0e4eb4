/** What a text is to be embedded as; some models want different prefixes for the two. */
export type EmbeddingPurpose = 'document' | 'query';

/** Options of {@link Embedder.embed}. */
export interface EmbedOptions {
  readonly purpose: EmbeddingPurpose;
  readonly signal?: AbortSignal;
}

/**
 * Turns text into vectors whose cosine says how near two meanings are. A port: adapters are the local ONNX pool and
 * any OpenAI-compatible server. All adapters pass `embedder.conformance.ts`.
 */
export interface Embedder {
  /** Names model and revision, so that vectors of different embedders never mix; safe in a file name. */
  readonly id: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** The longest input in tokens, special tokens included; what is longer is cut. */
  readonly maxTokens: number;
  /**
   * Embeds texts in order.
   * @returns `Float32Array[]` — [text][dimension], each of unit length
   * @throws PlumblineError `embedder.failed`, `embedder.wrong-dimensions`, `operation.aborted`
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
  /** Frees workers and connections. Calls after it throw `embedder.closed`. */
  close(): Promise<void>;
}

/** Counts tokens the way a model does. Pure, synchronous, meant for worker threads and child processes. */
export interface TokenCounter {
  /** Tokens of the text without special tokens; 0 or more. */
  count(text: string): number;
  /**
   * A counter of the stretches of one text, half-open, in UTF-16 code units: the same as counting the slice, but the text is taken
   * apart only once. Missing where the words of a text do not count one by one.
   */
  within?(text: string): (start: number, end: number) => number;
}
