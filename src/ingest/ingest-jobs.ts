import { fromUnknown, type PlumblineError, type TenantContext } from '../base/index.ts';
import { CLOSE_QUEUE, type CloseJob, PROJECT_QUEUE, type ProjectJob } from './documents/store-documents.ts';
import { ERASE_QUEUE, type EraseJob } from './erasure/delete-document.ts';
import type { Intake } from './pipeline/store-and-announce.ts';

/** Longest pause between two attempts. */
const MAX_PAUSE_SECONDS = 60;

/** Makes sure ingestion's queues exist. */
export async function declareQueues(intake: Intake): Promise<void> {
  for (const queue of [PROJECT_QUEUE, CLOSE_QUEUE, ERASE_QUEUE]) await intake.services.jobs.declare(queue);
}

/** Handles ingestion's jobs in this process. */
export async function startWorkers(intake: Intake, stop: AbortSignal): Promise<void> {
  const { jobs } = intake.services;
  const project = new Persistent<ProjectJob>(intake, { queue: PROJECT_QUEUE, stop, keyOf: (job) => job.collectionId });
  await jobs.work<ProjectJob>(PROJECT_QUEUE, {}, (job) =>
    project.handle(job, () => intake.projector.catchUp({ context: contextOf(job), collectionId: job.collectionId })),
  );
  const close = new Persistent<CloseJob>(intake, { queue: CLOSE_QUEUE, stop, keyOf: (job) => job.closeId });
  await jobs.work<CloseJob>(CLOSE_QUEUE, {}, (job) =>
    close.handle(job, () => intake.closings.finish(contextOf(job), job)),
  );
  const erase = new Persistent<EraseJob>(intake, { queue: ERASE_QUEUE, stop, keyOf: (job) => job.eraseId });
  await jobs.work<EraseJob>(ERASE_QUEUE, {}, (job) => erase.handle(job, () => intake.erasures.finish(job)));
}

/**
 * Handles jobs that must succeed in the end, however long what they need is away: a failed one is sent again with a
 * growing pause, instead of being given up after some attempts. Of failures in a row the log hears once.
 */
class Persistent<Job extends { readonly tenantId: string }> {
  readonly #intake: Intake;
  readonly #of: { readonly queue: string; readonly stop: AbortSignal; readonly keyOf: (job: Job) => string };
  readonly #failures = new Map<string, number>();

  constructor(
    intake: Intake,
    of: { readonly queue: string; readonly stop: AbortSignal; readonly keyOf: (job: Job) => string },
  ) {
    this.#intake = intake;
    this.#of = of;
  }

  async handle(job: Job, work: () => Promise<void>): Promise<void> {
    const key = this.#of.keyOf(job);
    try {
      this.#of.stop.throwIfAborted();
      await work();
      this.#failures.delete(key);
    } catch (thrown) {
      await this.#again(job, fromUnknown(thrown));
    }
  }

  async #again(job: Job, error: PlumblineError): Promise<void> {
    const { queue, stop, keyOf } = this.#of;
    const waits = stop.aborted || error.code === 'index.busy';
    const failures = waits ? 0 : (this.#failures.get(keyOf(job)) ?? 0) + 1;
    if (failures > 0) this.#failures.set(keyOf(job), failures);
    const { jobs, database, log } = this.#intake.services;
    // The projector tells of its own failures.
    if (failures === 1 && queue !== PROJECT_QUEUE)
      log.warn('Work failed and is tried again until it succeeds.', { queue, code: error.code, error: error.message });
    const options = {
      singletonKey: keyOf(job),
      startAfterSeconds: Math.min(MAX_PAUSE_SECONDS, 2 ** Math.min(failures, 10)),
    };
    await database.withTenant(contextOf(job), (tx) => jobs.send(tx, { queue, data: job, ...options }));
  }
}

function contextOf(job: { readonly tenantId: string }): TenantContext {
  return { tenantId: job.tenantId, principalId: 'system', groups: ['g:everyone'], requestId: 'job' };
}
