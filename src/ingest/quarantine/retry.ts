import { PlumblineError, type TenantContext } from '../../base/index.ts';
import { findCollection } from '../collections/collections.ts';
import type { StoredDocument } from '../documents/prepared-document.ts';
import { ERASE_QUEUE, type EraseJob } from '../erasure/delete-document.ts';
import { forgetInRuns } from '../erasure/forget-in-runs.ts';
import { type HoldingDestination, prepareDocument } from '../pipeline/prepare-document.ts';
import { setAside } from '../pipeline/set-aside.ts';
import { type Intake, storeAndAnnounce } from '../pipeline/store-and-announce.ts';
import { DocumentQuarantined, findQuarantined, type QuarantinedFile, removeQuarantined } from './quarantine.ts';

/** The file itself was not kept, so that it cannot be tried again from here. */
class QuarantineWithoutBytes extends PlumblineError {
  constructor(externalId: string) {
    super({
      code: 'quarantine.without-bytes',
      kind: 'caller',
      message:
        `${externalId} was set aside unread (too large or unreadable), so its content is not here. ` +
        'Correct it where it is and ingest it again.',
      details: { externalId },
    });
  }
}

/**
 * Tries a quarantined file again, for example with a newer parser or a larger cap.
 * @throws DocumentQuarantined when it fails again
 */
export async function retryQuarantined(
  intake: Intake,
  on: { readonly context: TenantContext; readonly signal: AbortSignal },
  id: string,
): Promise<StoredDocument> {
  const { services } = intake;
  const file = await findQuarantined(services.database, on.context, id);
  if (file.originalSha256 === null) throw new QuarantineWithoutBytes(file.externalId);
  const collection = await findCollection(services.database, on.context, file.collectionId);
  const hold = intake.holds.begin();
  try {
    return await storeAgain(intake, { ...on, collection, hold }, file);
  } finally {
    hold.release();
  }
}

async function storeAgain(intake: Intake, to: HoldingDestination, file: QuarantinedFile): Promise<StoredDocument> {
  const { services } = intake;
  if (file.originalSha256 === null) throw new QuarantineWithoutBytes(file.externalId);
  const raw = {
    externalId: file.externalId,
    fileName: file.externalId.split('/').at(-1) ?? file.externalId,
    sourceId: file.sourceId,
    sourceState: null,
    declaredType: file.declaredType ?? undefined,
    bytes: await services.blobs.get(to.context.tenantId, file.originalSha256),
  };
  const prepared = await prepareDocument(services, to, { ...raw, given: {} }).catch(async (thrown: unknown) => {
    const { error } = await setAside(services, to, { ...raw, size: file.bytes, thrown });
    throw new DocumentQuarantined(file, error);
  });
  const [stored] = await storeAndAnnounce(intake, to, [prepared]);
  if (stored === undefined) throw new QuarantineWithoutBytes(file.externalId);
  return stored;
}

/** Forgets a quarantined file; its bytes go by the job it leaves. @throws PlumblineError `quarantine.not-found` */
export async function discardQuarantined(intake: Intake, context: TenantContext, id: string): Promise<void> {
  const { services } = intake;
  const file = await findQuarantined(services.database, context, id);
  const { collectionId, externalId, originalSha256 } = file;
  const blobs = originalSha256 === null ? [] : [originalSha256];
  const job: EraseJob = { eraseId: services.newId(), tenantId: context.tenantId, collectionId, documentIds: [], blobs };
  await services.database.withTenant(context, async (tx) => {
    await removeQuarantined(tx, id);
    await forgetInRuns(tx, { collectionId, externalId });
    await services.jobs.send(tx, { queue: ERASE_QUEUE, data: job });
  });
  void intake.erasures.soon(job);
}
