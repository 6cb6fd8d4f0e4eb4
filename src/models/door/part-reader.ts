import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { classify } from '../resilience/classify.ts';
import { ModelFailed } from '../resilience/failures.ts';

/** What a {@link PartReader} reads, and what ends it. */
export interface PartReaderOptions {
  /** The model's id in the registry, for errors. */
  readonly model: string;
  /** Ends the request, down to the socket. */
  readonly request: AbortController;
  /** The call's end: caller or deadline. */
  readonly end: AbortSignal;
}

/**
 * Reads a streamed reply part by part. Whatever ends it (its end, a failure, a stall, the call's end) ends the request
 * as well and frees timer and listener, also when nobody is reading.
 */
export class PartReader {
  /** Settles when nothing more comes; rejects with a {@link ModelFailed} when that was the model's fault. */
  readonly ended: Promise<void>;
  readonly #options: PartReaderOptions;
  readonly #parts: ReadableStreamDefaultReader<LanguageModelV4StreamPart>;
  readonly #settled = Promise.withResolvers<void>();
  readonly #onEnd = (): void => this.#stop(this.#options.end.reason as Error);
  #stallTimer: NodeJS.Timeout | null = null;
  /** Rejects the read that is waiting. */
  #reject: ((reason: unknown) => void) | null = null;
  #over: { readonly reason: unknown } | null = null;

  constructor(stream: ReadableStream<LanguageModelV4StreamPart>, options: PartReaderOptions) {
    this.#options = options;
    this.#parts = stream.getReader();
    this.ended = this.#settled.promise;
    this.ended.catch(() => undefined);
    if (options.end.aborted) this.#onEnd();
    else options.end.addEventListener('abort', this.#onEnd, { once: true });
  }

  /** From now on a wait of so long for the next part is a failure, ms. Time in which nobody waits does not count. */
  limitStalls(stallMs: number): void {
    if (this.#over !== null) return;
    this.#stallTimer = setTimeout(() => this.#stalled(), stallMs);
  }

  /**
   * The next part; null at the end.
   * @throws ModelFailed; the reason of the call's end
   */
  async next(): Promise<LanguageModelV4StreamPart | null> {
    const part = await this.#read();
    if (part?.type === 'error') throw this.#fail(part.error);
    if (part?.type === 'finish' && wasCutOff(part)) {
      throw this.#fail(new ModelFailed(this.#options.model, 'interrupted'));
    }
    return part;
  }

  /** Nothing more is wanted. */
  close(): void {
    this.#stop(null);
  }

  #read(): Promise<LanguageModelV4StreamPart | null> {
    return new Promise((resolve, reject) => {
      if (this.#over !== null) return this.#over.reason === null ? resolve(null) : reject(this.#over.reason);
      this.#reject = reject;
      this.#stallTimer?.refresh();
      this.#parts.read().then(
        ({ done, value }) => {
          this.#reject = null;
          if (done) this.#finish();
          resolve(done ? null : value);
        },
        (error: unknown) => reject(this.#fail(error)),
      );
    });
  }

  /** A timer that fires while nobody waits means nothing: the next read starts it anew. */
  #stalled(): void {
    if (this.#reject !== null) this.#reject(this.#fail(new ModelFailed(this.#options.model, 'timed-out')));
  }

  /** @returns what to throw: why it ended before, or this failure */
  #fail(error: unknown): unknown {
    if (this.#over !== null) return this.#over.reason ?? error;
    const failure = classify(this.#options.model, error, 0);
    this.#settled.reject(failure);
    this.#stop(failure);
    return failure;
  }

  #stop(reason: unknown): void {
    if (this.#over !== null) return;
    this.#free(reason);
    this.#options.request.abort();
    this.#parts.cancel().catch(() => undefined);
    this.#reject?.(reason ?? undefined);
    this.#settled.resolve();
  }

  #finish(): void {
    if (this.#over !== null) return;
    this.#free(null);
    this.#settled.resolve();
  }

  #free(reason: unknown): void {
    this.#over = { reason };
    if (this.#stallTimer !== null) clearTimeout(this.#stallTimer);
    this.#options.end.removeEventListener('abort', this.#onEnd);
  }
}

/** SDKs finish a stream that just stops as well, with a reason the provider never gave. */
function wasCutOff(part: LanguageModelV4StreamPart & { type: 'finish' }): boolean {
  const { unified, raw } = part.finishReason;
  return raw === undefined && (unified === 'other' || unified === 'error');
}
