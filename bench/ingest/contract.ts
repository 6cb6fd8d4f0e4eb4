import type { Handlers } from '../process/handlers.ts';

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

/** What every contender's process can be asked. */
export interface IngestHandlers extends Handlers {
  open(setting: Setting): Promise<void>;
  ingest(source: { readonly folder: string }): Promise<Outcome>;
}

/** What only the product's process can be asked besides. */
export interface ProductHandlers extends IngestHandlers {
  /** The texts the last ingestion embedded, as the embedder got them. */
  embeddedTexts(nothing: null): Promise<string[]>;
  /**
   * Delay of the event loop of the process that serves, during the last ingestion, as `monitorEventLoopDelay` tells it at
   * a resolution of 1 ms (that 1 ms included).
   */
  loopDelay(nothing: null): Promise<{ p999Ms: number; maxMs: number }>;
}
