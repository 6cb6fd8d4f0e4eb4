import type { Jobs } from '../store/index.ts';
import { CLOSE_QUEUE, type ClosedVersion, PROJECT_QUEUE } from './documents/store-documents.ts';
import { ERASE_QUEUE, type EraseJob } from './erasure/delete-document.ts';
import { finishErasure } from './erasure/finish-erasure.ts';
import type { Intake } from './pipeline/store-and-announce.ts';

interface ProjectJob {
  readonly tenantId: string;
  readonly collectionId: string;
}

interface CloseJob extends ProjectJob {
  readonly closed: readonly ClosedVersion[];
}

/** Makes sure ingestion's queues exist. */
export async function declareQueues(jobs: Jobs): Promise<void> {
  for (const queue of [PROJECT_QUEUE, CLOSE_QUEUE, ERASE_QUEUE]) await jobs.declare(queue);
}

/** Handles ingestion's jobs in this process. */
export async function startWorkers(intake: Intake): Promise<void> {
  const { jobs } = intake.services;
  await jobs.work<ProjectJob>(PROJECT_QUEUE, {}, async (job) => {
    await intake.projector.project({ context: contextOf(job), collectionId: job.collectionId });
  });
  await jobs.work<CloseJob>(CLOSE_QUEUE, {}, (job) => closeVersions(intake, job));
  await jobs.work<EraseJob>(ERASE_QUEUE, {}, async (job) => {
    try {
      await finishErasure(intake, contextOf(job), [job]);
      intake.erasures.settle(job.documentIds, null);
    } catch (error) {
      intake.erasures.settle(job.documentIds, error);
      throw error;
    }
  });
}

async function closeVersions(intake: Intake, job: CloseJob): Promise<void> {
  const byEnd = Map.groupBy(job.closed, (version) => version.effectiveTo);
  await intake.projector.exclusive({ context: contextOf(job), collectionId: job.collectionId }, async (scope) => {
    for (const [effectiveTo, versions] of byEnd) {
      await intake.services.index.closeVersions(
        scope,
        versions.map((version) => version.versionId),
        effectiveTo,
      );
    }
  });
}

function contextOf(job: ProjectJob) {
  return { tenantId: job.tenantId, principalId: 'system', groups: ['g:everyone'], requestId: 'job' };
}
