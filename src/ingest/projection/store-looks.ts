import type { Waiting } from './chunk-state.ts';

/** Whether the store may know of chunks that wait for a step and are not in memory: then it must be asked. */
export class StoreLooks {
  readonly #due = new Set<Waiting>(['text', 'vector']);

  /** Something may wait there. */
  lookAgain(waiting: Waiting): void {
    this.#due.add(waiting);
  }

  /** Whether to ask the store now; what comes there from now on is another look's. */
  takeLook(waiting: Waiting): boolean {
    return this.#due.delete(waiting);
  }

  /** Whether the store is to be asked. */
  isDue(waiting: Waiting): boolean {
    return this.#due.has(waiting);
  }
}
