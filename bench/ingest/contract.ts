/** Which embedder a contender is to use: stored vectors, or the product's default one. */
export type EmbedderKind = 'stored' | 'default';

/** How a contender is opened. */
export interface Setting {
  readonly embedder: EmbedderKind;
  /** Worker threads of the default embedder; the same for all contenders. */
  readonly workers: number;
  /** An empty folder for what the contender keeps on disk. */
  readonly home: string;
}

/** One ingestion of one folder, from the first file read to everything searchable. */
export interface Outcome {
  readonly ms: number;
  readonly chunks: number;
}
