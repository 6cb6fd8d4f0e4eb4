import type { TenantContext } from '../../base/index.ts';
import type { Intake } from '../pipeline/store-and-announce.ts';
import type { EraseJob } from './delete-document.ts';

/**
 * Takes what deletions left off the disk: index entries, blobs nobody refers to, and the words in rewritten files.
 * Safe to repeat. Several deletions are finished together: rewriting is what costs.
 */
export async function finishErasure(intake: Intake, context: TenantContext, jobs: readonly EraseJob[]): Promise<void> {
  const { services, projector } = intake;
  const byCollection = new Map<string, string[]>();
  for (const job of jobs) {
    byCollection.set(job.collectionId, [...(byCollection.get(job.collectionId) ?? []), ...job.documentIds]);
  }
  for (const [collectionId, documentIds] of byCollection) {
    await projector.exclusive({ context, collectionId }, async (scope) => {
      await services.index.removeDocuments(scope, documentIds);
      await services.index.scrub(scope);
    });
  }
  await removeUnreferenced(intake, context, [...new Set(jobs.flatMap((job) => job.blobs))]);
  await services.database.scrub();
}

/** Removes those of the blobs that no version and no quarantined file refers to. */
export async function removeUnreferenced(
  intake: Pick<Intake, 'services'>,
  context: TenantContext,
  blobs: readonly string[],
): Promise<void> {
  const { database, blobs: store } = intake.services;
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
}
