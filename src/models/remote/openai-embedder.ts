import { createHash } from 'node:crypto';
import type { EmbedOptions } from '../embedder.ts';
import { EmbedderClosed, EmbedderFailed, EmbedderWrongDimensions } from '../errors.ts';
import { modelSlug } from '../local/describe-model.ts';
import { toUnitLength } from '../local/pooling.ts';
import type { WarmEmbedder } from '../warm-embedder.ts';
import { postWithRetry, type RetryTimes } from './post-with-retry.ts';
import { readEmbeddings } from './read-embeddings.ts';

/** An OpenAI-compatible embeddings server. */
export interface OpenAiEmbedderOptions {
  /** Base address; `/embeddings` is added. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; never part of an error or an id. */
  readonly key: string | null;
  /** Length of a vector. Default: the server is asked with one short text. */
  readonly dimensions?: number;
  /** The model's window in tokens. Default 512: every common model has it. */
  readonly maxTokens?: number;
  /** For one request, retries not included. Milliseconds; default 30,000. */
  readonly timeoutMs?: number;
  /** For tests: how long to wait between retries. */
  readonly retry?: RetryTimes;
}

/** Most texts and UTF-16 units of one request; servers refuse much larger ones. */
const BATCH_TEXTS = 96;
const BATCH_UNITS = 400_000;
/** The server's tokenizer is not known; English has 4 to 5 characters per token. */
const UNITS_PER_TOKEN = 4;
const DEFAULT_WINDOW = 512;

/**
 * An embedder on an OpenAI-compatible server. Texts leave this machine.
 * @throws EmbedderFailed when the dimensions must be asked for and the server does not answer
 */
export async function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Promise<WarmEmbedder> {
  const server = new OpenAiServer(options);
  const dimensions = options.dimensions ?? (await server.probe());
  return new OpenAiEmbedder(server, dimensions, options.maxTokens ?? DEFAULT_WINDOW);
}

/** One server and model: a batch of texts in, vectors as long as the server makes them out. */
class OpenAiServer {
  readonly id: string;
  readonly #options: OpenAiEmbedderOptions;
  readonly #closing = new AbortController();

  constructor(options: OpenAiEmbedderOptions) {
    const where = createHash('sha256').update(`${options.url}\n${options.model}`).digest('hex');
    this.id = `openai-${modelSlug(options.model)}-${where.slice(0, 8)}`;
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  close(): void {
    this.#closing.abort(new EmbedderClosed(this.id));
  }

  async probe(): Promise<number> {
    const [vector] = await this.embed(['dimensions'], undefined);
    if (vector === undefined || vector.length === 0) throw new EmbedderFailed(this.id, 'it returned an empty vector.');
    return vector.length;
  }

  async embed(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const { url, model, key, timeoutMs = 30_000, retry } = this.#options;
    const body = await postWithRetry({
      name: this.id,
      url: `${url.replace(/\/+$/, '')}/embeddings`,
      headers: key === null ? {} : { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model, input: texts, encoding_format: 'float' }),
      timeoutMs,
      closing: this.#closing.signal,
      ...(signal && { signal }),
      ...(retry && { retry }),
    });
    return readEmbeddings(this.id, body, texts.length);
  }
}

class OpenAiEmbedder implements WarmEmbedder {
  readonly id: string;
  readonly dimensions: number;
  readonly maxTokens: number;
  readonly #server: OpenAiServer;

  constructor(server: OpenAiServer, dimensions: number, maxTokens: number) {
    this.id = server.id;
    this.dimensions = dimensions;
    this.maxTokens = maxTokens;
    this.#server = server;
  }

  async embed(texts: readonly string[], { signal }: EmbedOptions): Promise<Float32Array[]> {
    if (this.#server.closed) throw new EmbedderClosed(this.id);
    const vectors: Float32Array[] = [];
    for (const batch of batches(texts, this.maxTokens * UNITS_PER_TOKEN)) {
      for (const vector of await this.#server.embed(batch, signal)) {
        if (vector.length !== this.dimensions) {
          throw new EmbedderWrongDimensions(this.id, vector.length, this.dimensions);
        }
        vectors.push(toUnitLength(vector));
      }
    }
    return vectors;
  }

  async warm(): Promise<void> {
    if (this.#server.closed) throw new EmbedderClosed(this.id);
  }

  async close(): Promise<void> {
    this.#server.close();
  }
}

/** Texts cut to the window and grouped; a text of nothing but space is sent as one space, which servers accept. */
function* batches(texts: readonly string[], longest: number): Generator<string[]> {
  let batch: string[] = [];
  let units = 0;
  for (const text of texts) {
    const cut = text.slice(0, longest) || ' ';
    if (batch.length === BATCH_TEXTS || (batch.length > 0 && units + cut.length > BATCH_UNITS)) {
      yield batch;
      batch = [];
      units = 0;
    }
    batch.push(cut);
    units += cut.length;
  }
  if (batch.length > 0) yield batch;
}
