import { type Transferable, Worker } from 'node:worker_threads';
import { PlumblineError } from '../base/index.ts';

/** The thread ended while calls waited for it. */
class ThreadEnded extends PlumblineError {
  constructor(name: string, cause: unknown) {
    super({
      code: 'thread.ended',
      kind: 'retry',
      message: `The thread “${name}” ended before it answered. Try again; the next call starts another.`,
      details: { name },
      cause,
    });
  }
}

/** What an {@link IdleThread} runs. */
export interface IdleThreadStart {
  /** Shown by tools that list threads. */
  readonly name: string;
  /** The worker's module: it answers every message with one message, in order. */
  readonly module: URL;
  /** After this many milliseconds without a call the thread ends and gives its memory back. Default 10 s. */
  readonly idleMs?: number;
}

/**
 * One worker thread that is started by the first call, ends when nobody calls for a while, and is started again by the
 * next. It keeps the process alive only while calls wait.
 */
export class IdleThread<Request, Answer> {
  readonly #start: IdleThreadStart;
  #worker: Worker | null = null;
  #waiting: PromiseWithResolvers<Answer>[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(start: IdleThreadStart) {
    this.#start = start;
  }

  /**
   * Sends one request. @param transfer what goes over instead of being copied; the caller cannot use it any more
   * @throws PlumblineError `thread.ended`
   */
  call(request: Request, transfer: readonly Transferable[] = []): Promise<Answer> {
    const worker = this.#running();
    worker.postMessage(request, transfer);
    clearTimeout(this.#idle);
    worker.ref();
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.push(answer);
    return answer.promise;
  }

  /** Waits for the calls under way and ends the thread. */
  async close(): Promise<void> {
    while (this.#waiting.length > 0) await Promise.allSettled(this.#waiting.map(({ promise }) => promise));
    await this.#end();
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#start.module, { name: this.#start.name });
    worker.on('message', (answer: Answer) => this.#answered(worker, answer));
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', (code) => this.#ended(worker, new Error(`exit code ${code}`)));
    this.#worker = worker;
    return worker;
  }

  #answered(worker: Worker, answer: Answer): void {
    this.#waiting.shift()?.resolve(answer);
    if (this.#waiting.length > 0) return;
    worker.unref();
    this.#idle = setTimeout(() => void this.#end(), this.#start.idleMs ?? 10_000).unref();
  }

  #ended(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const answer of this.#waiting.splice(0)) answer.reject(new ThreadEnded(this.#start.name, cause));
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
