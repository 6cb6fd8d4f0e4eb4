import type { Embedder } from './embedder.ts';

/** An embedder that may be told to get ready. */
export interface WarmEmbedder extends Embedder {
  /**
   * Gets ready for the first text: a local model is loaded into the first worker (~0.2 s), a server needs nothing.
   * @throws ModelInvalid, EmbedderFailed, EmbedderWrongDimensions, EmbedderClosed
   */
  warm(): Promise<void>;
}
