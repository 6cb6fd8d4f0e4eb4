import type { Transaction } from './database.ts';

/** A job to be done. */
export interface NewJob {
  readonly queue: string;
  /** JSON; ids and numbers, never document text. */
  readonly data: object;
  /** At most one waiting job of the queue has this key; another is dropped. */
  readonly singletonKey?: string;
  readonly startAfterSeconds?: number;
}

/** Options of {@link Jobs.work}. */
export interface WorkOptions {
  /** Jobs handled at the same time, default 1. */
  readonly concurrency?: number;
}

/** Work that must happen: rows in the database, handled at least once by idempotent handlers. pg-boss underneath. */
export interface Jobs {
  /** Makes sure the queue exists; call once per queue before `send`. */
  declare(queue: string): Promise<void>;
  /** Enqueues inside the transaction: the job exists exactly when the transaction commits. */
  send(tx: Transaction, job: NewJob): Promise<void>;
  /** Handles jobs of the queue; a handler that throws is retried with back-off (default 5 times), then dead-lettered. */
  work<T extends object>(
    queue: string,
    options: WorkOptions,
    handler: (data: T, signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** Wakes the workers of a queue in this process at once instead of at the next poll. */
  wake(queue: string): void;
  /** Stops taking jobs, waits for those in hand up to `timeoutMs`, then aborts them. */
  stop(timeoutMs: number): Promise<void>;
}
