import type { EraseJob } from './delete-document.ts';

/** Finishes several erasures together. */
export type FinishTogether = (jobs: readonly EraseJob[]) => Promise<void>;

interface Waiting {
  readonly job: EraseJob;
  readonly erased: PromiseWithResolvers<void>;
}

/**
 * Gathers the erasures of this process, so that those that wait are finished together: rewriting files is what costs,
 * and it costs the same for one document and for many.
 */
export class Erasures {
  readonly #finish: FinishTogether;
  readonly #waiting = new Map<string, Waiting>();
  readonly #done = new Set<string>();
  #turn: Promise<void> = Promise.resolve();

  constructor(finish: FinishTogether) {
    this.#finish = finish;
  }

  /**
   * Carries out an erasure whose rows are gone, without waiting for it.
   * @returns resolves when the bytes are off the disk; a failure is repeated by the job until it is none
   */
  soon(job: EraseJob): Promise<void> {
    const { erased } = this.#wait(job);
    this.#takeTurn(job).catch(() => undefined);
    return erased.promise;
  }

  /** Carries the job out unless this process has already. */
  async finish(job: EraseJob): Promise<void> {
    if (this.#done.delete(job.eraseId)) return;
    this.#wait(job);
    await this.#takeTurn(job);
    this.#done.delete(job.eraseId);
  }

  /** Resolves when none is at work. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #wait(job: EraseJob): Waiting {
    const waiting = this.#waiting.get(job.eraseId) ?? { job, erased: Promise.withResolvers<void>() };
    this.#waiting.set(job.eraseId, waiting);
    return waiting;
  }

  /** One turn after the other; each takes all of the tenant that wait when it begins. */
  async #takeTurn({ eraseId, tenantId }: EraseJob): Promise<void> {
    const turn = this.#turn.then(async () => {
      if (!this.#waiting.has(eraseId)) return;
      const together = [...this.#waiting.values()].filter(({ job }) => job.tenantId === tenantId);
      await this.#finish(together.map(({ job }) => job));
      for (const { job, erased } of together) {
        this.#waiting.delete(job.eraseId);
        this.#done.add(job.eraseId);
        erased.resolve();
      }
    });
    this.#turn = turn.catch(() => undefined);
    await turn;
  }
}
