/** One `embed` call: its vectors so far and who waits for them. */
export class EmbeddingJob {
  readonly vectors: Float32Array[];
  #remaining: number;
  #settled = false;
  readonly #resolve: (vectors: Float32Array[]) => void;
  readonly #reject: (error: unknown) => void;

  constructor(size: number, resolve: (vectors: Float32Array[]) => void, reject: (error: unknown) => void) {
    this.vectors = new Array<Float32Array>(size);
    this.#remaining = size;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Whether nobody waits any more. */
  get settled(): boolean {
    return this.#settled;
  }

  /** Stores one vector; the last one fulfils the job. */
  store(index: number, vector: Float32Array): void {
    if (this.#settled) return;
    this.vectors[index] = vector;
    this.#remaining -= 1;
    if (this.#remaining > 0) return;
    this.#settled = true;
    this.#resolve(this.vectors);
  }

  /** Gives the job up. */
  fail(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(error);
  }
}

/** One text of a job. */
export interface WaitingText {
  readonly id: number;
  readonly text: string;
  /** Queries; they go before documents. */
  readonly urgent: boolean;
  readonly index: number;
  readonly job: EmbeddingJob;
  /** How many workers ended while they had it. */
  crashes: number;
}

/** Texts no worker has yet. Urgent ones leave first, those that survived a crash next. */
export class WaitingTexts {
  readonly #urgent: WaitingText[] = [];
  readonly #suspects: WaitingText[] = [];
  readonly #patient: WaitingText[] = [];

  get size(): number {
    return this.#urgent.length + this.#suspects.length + this.#patient.length;
  }

  add(text: WaitingText): void {
    const list = text.crashes > 0 ? this.#suspects : text.urgent ? this.#urgent : this.#patient;
    list.push(text);
  }

  /**
   * The next text for a worker, or null when there is none for it. While a survivor waits, documents are held back, so
   * that some worker becomes free to try it alone.
   * @param inFlight how many texts the worker has already
   * @param ahead how many documents a worker may have
   */
  take(inFlight: number, ahead: number): WaitingText | null {
    if (inFlight === 0 && this.#suspects.length > 0) return this.#suspects.shift() ?? null;
    if (inFlight < ahead * 2 && this.#urgent.length > 0) return this.#urgent.shift() ?? null;
    return inFlight < ahead && this.#suspects.length === 0 ? (this.#patient.shift() ?? null) : null;
  }

  /** Forgets the texts whose job nobody waits for. */
  dropSettled(): void {
    for (const list of [this.#urgent, this.#suspects, this.#patient]) {
      const kept = list.filter((text) => !text.job.settled);
      list.length = 0;
      for (const text of kept) list.push(text);
    }
  }

  /** Fails every job that has a text waiting. */
  failAll(error: unknown): void {
    for (const list of [this.#urgent, this.#suspects, this.#patient]) {
      for (const text of list.splice(0)) text.job.fail(error);
    }
  }
}
