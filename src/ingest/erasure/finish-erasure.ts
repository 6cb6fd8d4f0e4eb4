import type { TenantContext } from '../../base/index.ts';
import type { Intake } from '../pipeline/store-and-announce.ts';
import type { EraseJob } from './delete-document.ts';

/**
 * Takes what deletions left off the disk: index entries, blobs nobody refers to, and the words in rewritten files.
 * Safe to repeat. Several deletions are finished together: rewriting is what costs.
 */
export async function finishErasure(
  intake: Pick<Intake, 'services' | 'projector' | 'holds'>,
  context: TenantContext,
  jobs: readonly EraseJob[],
): Promise<void> {
  const { services, projector } = intake;
  for (const [collectionId, group] of Map.groupBy(jobs, (job) => job.collectionId)) {
    const documentIds = group.flatMap((job) => job.documentIds);
    if (documentIds.length === 0) continue;
    await projector.exclusive({ context, collectionId }, async (scope) => {
      await services.index.removeDocuments(scope, documentIds);
      await services.index.scrub(scope);
    });
  }
  await removeUnreferenced(intake, context, [...new Set(jobs.flatMap((job) => job.blobs))]);
  await services.database.scrub();
}

/** Removes those of the blobs that no version and no quarantined file refers to, and none that is about to be. */
export async function removeUnreferenced(
  intake: Pick<Intake, 'services' | 'holds'>,
  context: TenantContext,
  blobs: readonly string[],
): Promise<void> {
  const { database, blobs: store } = intake.services;
  await intake.holds.removing(blobs, async () => {
    const rows = await database.withTenant(context, (tx) =>
      tx.query<{ sha256: string }>(
        `select b as sha256 from unnest($1::text[]) as b
          where not exists (select from versions where original_sha256 = b)
            and not exists (select from versions where text_sha256 = b)
            and not exists (select from quarantine where original_sha256 = b)`,
        [blobs],
      ),
    );
    for (const { sha256 } of rows) await store.remove(context.tenantId, sha256);
  });
}
