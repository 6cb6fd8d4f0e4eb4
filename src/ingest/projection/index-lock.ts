import { setTimeout as wait } from 'node:timers/promises';
import { PlumblineError } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** Another process brings this collection into its index at the moment. */
export class IndexBusy extends PlumblineError {
  constructor(collectionId: string) {
    super({
      code: 'index.busy',
      kind: 'retry',
      message: 'Another process is writing this collection’s index. It goes on by itself; nothing needs to be done.',
      details: { collectionId },
    });
  }
}

const LOOK_AGAIN_MS = 100;

/** Does the work as soon as no other process has the index. @throws the signal's reason, and what the work throws */
export async function whenFree<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof IndexBusy)) throw error;
      await wait(LOOK_AGAIN_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/**
 * One writer of a collection's index over all processes: an advisory lock, taken by the first who needs it here and
 * given back by the last.
 */
export class IndexLock {
  readonly #database: Pick<Database, 'tryLock'>;
  readonly #collectionId: string;
  readonly #whenTaken: () => Promise<void>;
  #users = 0;
  #taken: Promise<() => Promise<void>> | null = null;
  #released: Promise<void> = Promise.resolve();

  /** @param whenTaken runs after each taking, before anybody writes: another process may have written meanwhile */
  constructor(database: Pick<Database, 'tryLock'>, collectionId: string, whenTaken: () => Promise<void>) {
    this.#database = database;
    this.#collectionId = collectionId;
    this.#whenTaken = whenTaken;
  }

  /** @throws IndexBusy while another process has it */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#users++;
    try {
      this.#taken ??= this.#take();
      await this.#taken;
      return await work();
    } finally {
      this.#users--;
      if (this.#users === 0) await this.#giveBack();
    }
  }

  async #take(): Promise<() => Promise<void>> {
    await this.#released;
    const release = await this.#database.tryLock(`project:${this.#collectionId}`);
    if (release === null) throw new IndexBusy(this.#collectionId);
    try {
      await this.#whenTaken();
      return release;
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** The next taking waits until the lock is really free. */
  async #giveBack(): Promise<void> {
    const taken = this.#taken;
    this.#taken = null;
    const released = (async () => {
      const release = await taken?.catch(() => null);
      await release?.();
    })();
    this.#released = released.catch(() => undefined);
    await released;
  }
}
