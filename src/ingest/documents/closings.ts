import type { TenantContext } from '../../base/index.ts';
import type { IngestServices } from '../services.ts';
import type { Projector } from '../projection/projector.ts';
import type { CloseJob } from './store-documents.ts';

/** What brings ends of validity into the index. */
export interface ClosingParts {
  readonly services: Pick<IngestServices, 'index'>;
  readonly projector: Projector;
}

/** Brings ends of validity into the index: at once in the process that stored them, by their job when that failed. */
export class Closings {
  readonly #parts: ClosingParts;
  readonly #atWork = new Map<string, Promise<boolean>>();
  readonly #done = new Set<string>();

  constructor(parts: ClosingParts) {
    this.#parts = parts;
  }

  /** Carries the job out without waiting for it. */
  soon(context: TenantContext, job: CloseJob): void {
    const work = this.#close(context, job).then(
      () => this.#done.add(job.closeId) !== undefined,
      () => false,
    );
    this.#atWork.set(job.closeId, work);
    void work.finally(() => this.#atWork.delete(job.closeId));
  }

  /** Carries the job out unless this process has already. Safe to repeat. */
  async finish(context: TenantContext, job: CloseJob): Promise<void> {
    await this.#atWork.get(job.closeId);
    if (!this.#done.delete(job.closeId)) await this.#close(context, job);
  }

  /** Resolves when none is at work. */
  async settled(): Promise<void> {
    await Promise.all(this.#atWork.values());
  }

  async #close(context: TenantContext, job: CloseJob): Promise<void> {
    const byEnd = Map.groupBy(job.closed, (version) => version.effectiveTo);
    await this.#parts.projector.exclusive({ context, collectionId: job.collectionId }, async (scope) => {
      for (const [effectiveTo, versions] of byEnd) {
        const ids = versions.map((version) => version.versionId);
        await this.#parts.services.index.closeVersions(scope, ids, effectiveTo);
      }
    });
  }
}
