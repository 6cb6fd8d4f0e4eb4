/** What a worker must know to run a model. Plain data: it travels to the worker. */
export interface ModelDescription {
  /** Absolute path; holds tokenizer.json. */
  readonly folder: string;
  /** Relative to the folder. */
  readonly onnxFile: string;
  /** Length of a vector; null when the folder's files do not say, then the worker tells. */
  readonly dimensions: number | null;
  /** Special tokens included. */
  readonly maxTokens: number;
  /** How token vectors become one: their mean, the first token's, or by layers only the ONNX file itself has. */
  readonly pooling: 'mean' | 'cls' | 'inside';
  /** What is put before a text, by purpose; usually nothing. */
  readonly prompts: { readonly document: string; readonly query: string };
}
