import type { Collection } from '../collections/collections.ts';
import type { PreparedDocument, StoredDocument } from '../documents/prepared-document.ts';
import { CLOSE_QUEUE, PROJECT_QUEUE, storeDocuments } from '../documents/store-documents.ts';
import type { ErasureWatch } from '../erasure/erasure-watch.ts';
import type { Projector } from '../projection/projector.ts';
import type { RecentTexts } from '../projection/recent-texts.ts';
import type { IngestServices } from '../services.ts';
import type { TenantContext } from '../../base/index.ts';

/** What turns prepared documents into findable ones. */
export interface Intake {
  readonly services: IngestServices;
  readonly projector: Projector;
  readonly recent: RecentTexts;
  readonly erasures: ErasureWatch;
}

/** Stores documents (when it returns they are acknowledged) and sets the projector going. */
export async function storeAndAnnounce(
  intake: Intake,
  place: { readonly context: TenantContext; readonly collection: Collection },
  prepared: readonly PreparedDocument[],
): Promise<readonly StoredDocument[]> {
  const { services, projector, recent } = intake;
  const batch = await storeDocuments(services, place, prepared);
  if (batch.replaced) projector.expectExisting(place.collection.id);
  const byExternalId = new Map(prepared.map((each) => [each.externalId, each.parsed]));
  for (const stored of batch.documents) {
    const parsed = byExternalId.get(stored.externalId);
    if (stored.outcome === 'unchanged' || parsed === undefined) continue;
    recent.put(stored.versionId, { text: parsed.document.text, terms: parsed.terms });
  }
  if (batch.closed.length > 0) services.jobs.wake(CLOSE_QUEUE);
  services.jobs.wake(PROJECT_QUEUE);
  projectSoon(intake, place);
  return batch.documents;
}

/** Starts the projector without waiting for it. The stored job is what guarantees the work; this makes it prompt. */
export function projectSoon(
  intake: Pick<Intake, 'services' | 'projector'>,
  place: { readonly context: TenantContext; readonly collection: { readonly id: string } },
): void {
  const collectionId = place.collection.id;
  intake.projector.project({ context: place.context, collectionId }).catch((error: unknown) => {
    intake.services.log.warn('The index is behind; its job will try again.', { collectionId, error: String(error) });
  });
}
