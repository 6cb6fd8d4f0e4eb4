import type { Collection } from '../collections/collections.ts';
import type { StoredDocument } from '../documents/prepared-document.ts';
import { storeDocuments } from '../documents/store-documents.ts';
import type { Closings } from '../documents/closings.ts';
import type { BlobHolds } from '../erasure/blob-holds.ts';
import type { Erasures } from '../erasure/erasures.ts';
import { removeUnreferenced } from '../erasure/finish-erasure.ts';
import type { PendingChunk } from '../projection/pending-chunks.ts';
import type { Projector } from '../projection/projector.ts';
import type { RecentTexts } from '../projection/recent-texts.ts';
import type { IngestServices } from '../services.ts';
import type { TenantContext } from '../../base/index.ts';
import type { DocumentInHand } from './prepare-document.ts';

/** What turns prepared documents into findable ones. */
export interface Intake {
  readonly services: IngestServices;
  readonly projector: Projector;
  readonly recent: RecentTexts;
  readonly erasures: Erasures;
  readonly closings: Closings;
  readonly holds: BlobHolds;
}

/** Stores documents (when it returns they are acknowledged) and sets the projector going. */
export async function storeAndAnnounce(
  intake: Intake,
  place: { readonly context: TenantContext; readonly collection: Collection },
  prepared: readonly DocumentInHand[],
): Promise<readonly StoredDocument[]> {
  const { services, recent } = intake;
  // Bytes first: what a committed row refers to is on the disk.
  await services.blobs.putAll(
    place.context.tenantId,
    prepared.flatMap((each) => each.blobs),
  );
  const batch = await storeDocuments(services, place, prepared);
  const byExternalId = new Map(prepared.map((each) => [each.externalId, each.parsed]));
  for (const stored of batch.documents) {
    const parsed = byExternalId.get(stored.externalId);
    if (stored.outcome === 'unchanged' || parsed === undefined) continue;
    recent.put(stored.versionId, { text: parsed.document.text, terms: parsed.terms });
  }
  if (batch.closing !== null) intake.closings.soon(place.context, batch.closing);
  if (batch.released.length > 0) releaseSoon(intake, place.context, batch.released);
  if (batch.reset) projectSoon(intake, place);
  projectFreshSoon(intake, place, batch.fresh);
  return batch.documents;
}

/** Removes blobs nobody needs any more; those left by a failure go at the next start. */
function releaseSoon(
  intake: Pick<Intake, 'services' | 'holds'>,
  context: TenantContext,
  blobs: readonly string[],
): void {
  removeUnreferenced(intake, context, blobs).catch((error: unknown) => {
    intake.services.log.warn('Bytes nobody needs are still on the disk; they go at the next start.', {
      error: String(error),
    });
  });
}

/** Starts the projector without waiting for it. The stored job is what guarantees the work; this makes it prompt. */
export function projectSoon(
  intake: Pick<Intake, 'projector'>,
  place: { readonly context: TenantContext; readonly collection: { readonly id: string } },
): void {
  const collectionId = place.collection.id;
  // The projector tells of its failures and the job repeats what failed.
  intake.projector.project({ context: place.context, collectionId }).catch(() => undefined);
}

/** As {@link projectSoon}, for what was stored a moment ago. */
function projectFreshSoon(
  intake: Pick<Intake, 'projector'>,
  place: { readonly context: TenantContext; readonly collection: { readonly id: string } },
  chunks: readonly PendingChunk[],
): void {
  const collection = { context: place.context, collectionId: place.collection.id };
  intake.projector.projectFresh(collection, chunks).catch(() => undefined);
}
