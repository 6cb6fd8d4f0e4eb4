/** How a kept question that asks for the same is found. */
export interface Paraphrases {
  /** @returns a vector of unit length; questions that mean the same are near each other */
  embed(question: string, signal: AbortSignal): Promise<Float32Array>;
  /** The least cosine of two questions that may ask for the same: -1 … 1. */
  readonly threshold: number;
  /** Whether the answer to one is the answer to the other: equal numbers, dates, names, negation. Nearness is not enough. */
  readonly asksTheSame: (asked: string, kept: string) => boolean;
}

/** The least cosine of two paraphrases with the shipped embedder; see bench/README.md, `semantic-cache`. */
export const PARAPHRASE_COSINE = 0.75;
