import { OperationAborted } from '../../base/index.ts';
import { EmbedderClosed, EmbedderFailed, ModelInvalid } from '../errors.ts';
import { PoolWorker, type WorkerStart } from './pool-worker.ts';
import type { FromWorker } from './protocol.ts';
import { EmbeddingJob, type WaitingText, WaitingTexts } from './waiting-texts.ts';

/** How a pool works. */
export interface EmbeddingPoolOptions extends WorkerStart {
  /** The embedder's id, for error messages. */
  readonly name: string;
  /** Threads at most, ≥ 1. The first starts with the first text, another when texts wait. */
  readonly workers: number;
  /** After this many idle milliseconds a worker beyond the first ends and gives its memory back. Default one minute. */
  readonly idleMs?: number;
}

/** Options of {@link EmbeddingPool.embed}. */
export interface PoolEmbedOptions {
  /** Goes before everything that is not urgent. */
  readonly urgent: boolean;
  readonly signal?: AbortSignal;
}

/** Documents a worker has at hand, so that it never waits for the main thread; it still does urgent texts first. */
const AHEAD = 3;
const DEFAULT_IDLE_MS = 60_000;
/** After this many failed starts in a row the pool goes on with the workers it has. */
const FAILED_STARTS = 3;

/**
 * Spreads texts over worker threads, one model each. Urgent texts wait for at most the one text a worker is busy with.
 * A worker that dies is replaced; each of its texts is tried once more, alone, so that one poisonous text takes no
 * other with it.
 */
export class EmbeddingPool {
  readonly #options: EmbeddingPoolOptions;
  readonly #workers = new Set<PoolWorker>();
  readonly #waiting = new WaitingTexts();
  readonly #warmers = new Set<{ resolve: (dimensions: number) => void; reject: (error: unknown) => void }>();
  #dimensions: number | null = null;
  #nextId = 0;
  #unfinished = 0;
  #failedStarts = 0;
  #closed: Promise<void> | null = null;

  constructor(options: EmbeddingPoolOptions) {
    this.#options = options;
  }

  /** Threads running now. */
  get size(): number {
    return this.#workers.size;
  }

  /**
   * Embeds texts in order.
   * @throws EmbedderFailed, EmbedderClosed, ModelInvalid, OperationAborted
   */
  embed(texts: readonly string[], options: PoolEmbedOptions): Promise<Float32Array[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array[]>();
    const job = new EmbeddingJob(texts.length, resolve, reject);
    if (this.#closed !== null) job.fail(new EmbedderClosed(this.#options.name));
    else if (options.signal?.aborted === true) job.fail(new OperationAborted('Embedding', options.signal.reason));
    else if (texts.length === 0) return Promise.resolve([]);
    if (job.settled) return promise;
    texts.forEach((text, index) => {
      this.#waiting.add({ id: this.#nextId++, text, urgent: options.urgent, index, job, crashes: 0 });
    });
    this.#dispatch();
    return this.#whileUnfinished(this.#abortable(promise, job, options.signal));
  }

  /**
   * Starts the first worker, so that the first text does not wait for the model.
   * @returns the length of the model's vectors
   * @throws ModelInvalid, EmbedderFailed, EmbedderClosed
   */
  async warm(): Promise<number> {
    if (this.#closed !== null) throw new EmbedderClosed(this.#options.name);
    if (this.#dimensions !== null) return this.#dimensions;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#warmers.add({ resolve, reject });
    if (this.#workers.size === 0) this.#start();
    return this.#whileUnfinished(promise);
  }

  /** Ends the workers. Texts not yet embedded fail with EmbedderClosed. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#failEverything(new EmbedderClosed(this.#options.name));
    await Promise.all([...this.#workers].map((worker) => worker.close()));
  }

  async #abortable(promise: Promise<Float32Array[]>, job: EmbeddingJob, signal?: AbortSignal): Promise<Float32Array[]> {
    if (signal === undefined) return promise;
    const stop = (): void => {
      job.fail(new OperationAborted('Embedding', signal.reason));
      this.#waiting.dropSettled();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** The threads keep the process alive as long as somebody waits for them, and no longer. */
  async #whileUnfinished<T>(work: Promise<T>): Promise<T> {
    this.#unfinished += 1;
    this.#keepAlive();
    try {
      return await work;
    } finally {
      this.#unfinished -= 1;
      this.#keepAlive();
    }
  }

  #keepAlive(): void {
    for (const worker of this.#workers) worker.keepAlive(this.#unfinished > 0);
  }

  #start(): void {
    const worker = new PoolWorker(this.#options, {
      message: (from, message) => this.#receive(from, message),
      exit: (from, error) => this.#replace(from, error),
    });
    this.#workers.add(worker);
    worker.keepAlive(this.#unfinished > 0);
  }

  /** Hands out waiting texts, the least busy worker first, and starts another worker when texts are left. */
  #dispatch(): void {
    for (let given = true; given && this.#waiting.size > 0; ) {
      given = false;
      for (const worker of this.#byLoad()) {
        const text = worker.hasSuspect ? null : this.#waiting.take(worker.inFlight.size, AHEAD);
        if (text === null) continue;
        clearTimeout(worker.idleTimer);
        worker.embed(text);
        given = true;
        break;
      }
    }
    if (this.#waiting.size > 0 && this.#mayStart()) this.#start();
  }

  #byLoad(): PoolWorker[] {
    const ready = [...this.#workers].filter((worker) => worker.state === 'ready');
    return ready.sort((a, b) => a.inFlight.size - b.inFlight.size);
  }

  #mayStart(): boolean {
    if (this.#closed !== null || this.#workers.size >= this.#options.workers) return false;
    if ([...this.#workers].some((worker) => worker.state === 'starting')) return false;
    return this.#workers.size === 0 || this.#failedStarts < FAILED_STARTS;
  }

  #receive(worker: PoolWorker, message: FromWorker): void {
    if (message.type === 'unusable') return this.#refuse(worker, new ModelInvalid(message.folder, message.problem));
    if (message.type === 'ready') this.#admit(worker, message.dimensions);
    else this.#settle(worker, message);
    this.#dispatch();
    if (worker.inFlight.size === 0) this.#retireWhenIdle(worker);
  }

  #admit(worker: PoolWorker, dimensions: number): void {
    if (worker.state === 'starting') worker.state = 'ready';
    this.#failedStarts = 0;
    this.#dimensions = dimensions;
    for (const warmer of this.#warmers) warmer.resolve(dimensions);
    this.#warmers.clear();
  }

  #settle(worker: PoolWorker, message: Extract<FromWorker, { id: number }>): void {
    const text = worker.inFlight.get(message.id);
    worker.inFlight.delete(message.id);
    if (text === undefined) return;
    if (message.type === 'vector') text.job.store(text.index, message.vector);
    else this.#failJob(text, message.problem);
  }

  #retireWhenIdle(worker: PoolWorker): void {
    clearTimeout(worker.idleTimer);
    worker.idleTimer = setTimeout(() => {
      const others = [...this.#workers].filter((other) => other !== worker && other.state === 'ready');
      if (others.length > 0 && worker.inFlight.size === 0 && worker.state === 'ready') void worker.close();
    }, this.#options.idleMs ?? DEFAULT_IDLE_MS);
    worker.idleTimer.unref();
  }

  /** A worker is gone: expected when closing, otherwise its texts are tried again. */
  #replace(worker: PoolWorker, error: Error | null): void {
    this.#workers.delete(worker);
    if (worker.state === 'starting') return this.#refuse(worker, this.#ended(error));
    for (const text of worker.inFlight.values()) {
      text.crashes += 1;
      if (text.crashes > 1) this.#failJob(text, 'a text ended the worker thread twice.', error);
      else if (!text.job.settled) this.#waiting.add(text);
    }
    worker.inFlight.clear();
    this.#waiting.dropSettled();
    this.#dispatch();
  }

  /** A worker could not start. With others at work that is survivable, alone it is not. */
  #refuse(worker: PoolWorker, error: unknown): void {
    if (!this.#workers.delete(worker) && worker.state === 'closing') return;
    worker.state = 'closing';
    this.#failedStarts += 1;
    if (this.#workers.size === 0) this.#failEverything(error);
  }

  #ended(error: Error | null): EmbedderFailed {
    const problem = `its worker thread ended while loading the model${error === null ? '' : ` (${error.message})`}.`;
    return new EmbedderFailed(this.#options.name, problem, { cause: error });
  }

  #failJob(text: WaitingText, problem: string, cause?: unknown): void {
    text.job.fail(new EmbedderFailed(this.#options.name, problem, { details: { index: text.index }, cause }));
    this.#waiting.dropSettled();
  }

  #failEverything(error: unknown): void {
    this.#waiting.failAll(error);
    for (const worker of this.#workers) for (const text of worker.inFlight.values()) text.job.fail(error);
    for (const warmer of this.#warmers) warmer.reject(error);
    this.#warmers.clear();
  }
}
