import { Worker } from 'node:worker_threads';
import { ExitGate, shutOnExit } from './exit-gate.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';
import type { WaitingText } from './waiting-texts.ts';

/** What a worker reports to its pool. */
export interface PoolWorkerEvents {
  message(worker: PoolWorker, message: FromWorker): void;
  /** The thread is gone; `error` is null when it ended by itself. */
  exit(worker: PoolWorker, error: Error | null): void;
}

/** How a worker is started. */
export interface WorkerStart {
  /** The worker's module; see `siblingModule`. */
  readonly module: URL;
  /** Handed to it as `workerData.data`. */
  readonly data: unknown;
}

/** Small: the garbage of one text is a few KB, and what the young generation may use it will use. */
const YOUNG_GENERATION_MB = 4;
/** How long a worker may take to finish its text. Long, because ending it in native code would end the process. */
const GRACE_MS = 30_000;

/** One thread, the texts it has, and what it is doing. */
export class PoolWorker {
  readonly inFlight = new Map<number, WaitingText>();
  state: 'starting' | 'ready' | 'closing' = 'starting';
  idleTimer: NodeJS.Timeout | undefined;
  readonly #thread: Worker;
  readonly #exited: Promise<void>;

  constructor(start: WorkerStart, events: PoolWorkerEvents) {
    const gate = ExitGate.slots();
    const forget = shutOnExit(new ExitGate(gate));
    this.#thread = new Worker(start.module, {
      workerData: { data: start.data, gate } satisfies WorkerData<unknown>,
      // Flags such as --input-type would keep a worker from starting.
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    let failure: Error | null = null;
    this.#thread.on('message', (message: FromWorker) => events.message(this, message));
    this.#thread.on('error', (error: Error) => {
      failure = error;
    });
    this.#exited = new Promise((resolve) => {
      this.#thread.once('exit', () => {
        forget();
        clearTimeout(this.idleTimer);
        events.exit(this, failure);
        resolve();
      });
    });
  }

  /** Whether a text that outlived a crash is being tried alone here. */
  get hasSuspect(): boolean {
    for (const text of this.inFlight.values()) if (text.crashes > 0) return true;
    return false;
  }

  /** Hands a text over. */
  embed(text: WaitingText): void {
    this.inFlight.set(text.id, text);
    this.#post({ type: 'embed', id: text.id, text: text.text, urgent: text.urgent });
  }

  /** Whether this thread keeps the process alive. */
  keepAlive(alive: boolean): void {
    if (alive || this.state === 'closing') this.#thread.ref();
    else this.#thread.unref();
  }

  /** Lets the thread finish its text and end; ends it by force after a while. */
  async close(): Promise<void> {
    this.state = 'closing';
    this.keepAlive(true);
    this.#post({ type: 'close' });
    const timer = setTimeout(() => void this.#thread.terminate(), GRACE_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  #post(message: ToWorker): void {
    this.#thread.postMessage(message);
  }
}
