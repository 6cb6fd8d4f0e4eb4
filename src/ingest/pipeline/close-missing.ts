import type { TenantContext } from '../../base/index.ts';
import type { Collection } from '../collections/collections.ts';
import { type ClosedVersion, sendClosing } from '../documents/store-documents.ts';
import type { IngestServices } from '../services.ts';
import type { Intake } from './store-and-announce.ts';
import { massDeletion } from '../sources/index.ts';

/** A finished listing of a source. */
export interface FinishedListing {
  readonly context: TenantContext;
  readonly collection: Collection;
  readonly sourceId: string;
  readonly complete: boolean;
  /** Somebody asked for it with `--confirm-deletions`. */
  readonly confirmed: boolean;
  /** Whether the listing offered this document or said that it is there. */
  readonly seen: (externalId: string) => boolean;
}

/** Whether anything in the store is of this source: where nothing is, nothing can be missing. */
export async function hasDocuments(
  { database }: Pick<IngestServices, 'database'>,
  { context, collection, sourceId }: Pick<FinishedListing, 'context' | 'collection' | 'sourceId'>,
): Promise<boolean> {
  const found = await database.withTenant(context, (tx) =>
    tx.query('select from documents where collection_id = $1 and source_id = $2 limit 1', [collection.id, sourceId]),
  );
  return found.length > 0;
}

interface OpenDocument {
  readonly documentId: string;
  readonly versionId: string;
  readonly externalId: string;
}

/**
 * Ends the validity of documents whose file disappeared. Missing is not deleted: an incomplete listing closes nothing,
 * and many at once need to be confirmed.
 * @returns how many were closed
 * @throws PlumblineError `source.mass-deletion`
 */
export async function closeMissing(intake: Intake, listing: FinishedListing): Promise<number> {
  let known = 0;
  const missing: OpenDocument[] = [];
  for await (const document of openDocuments(intake.services, listing)) {
    known++;
    if (!listing.seen(document.externalId)) missing.push(document);
  }
  const verdict = massDeletion({
    known,
    missing: missing.length,
    complete: listing.complete,
    confirmed: listing.confirmed,
  });
  if (verdict.close) {
    if (missing.length > 0) await closeDocuments(intake, listing, missing);
    return missing.length;
  }
  if (verdict.because === 'mass-deletion') throw verdict.refusal;
  return 0;
}

/** The source's documents whose latest version is still valid, page by page. */
async function* openDocuments(services: IngestServices, listing: FinishedListing): AsyncGenerator<OpenDocument> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const parameters = [listing.sourceId, after, new Date(services.clock()).toISOString()];
    const page = await services.database.withTenant(listing.context, (tx) =>
      tx.query<OpenDocument>(
        `select d.id as "documentId", d.version_id as "versionId", d.external_id as "externalId"
           from documents d join versions v on v.id = d.version_id
          where d.source_id = $1 and d.id > $2 and (v.effective_to is null or v.effective_to > $3) order by d.id limit 1000`,
        parameters,
      ),
    );
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.documentId;
  }
}

async function closeDocuments(
  intake: Intake,
  listing: FinishedListing,
  missing: readonly OpenDocument[],
): Promise<void> {
  const { services } = intake;
  const effectiveTo = services.clock();
  const versionIds = missing.map((document) => document.versionId);
  const closed: ClosedVersion[] = versionIds.map((versionId) => ({ versionId, effectiveTo }));
  const closing = await services.database.withTenant(listing.context, async (tx) => {
    services.changes.raise(listing.collection.id);
    await tx.query('update versions set effective_to = $2 where id = any($1::uuid[])', [
      versionIds,
      new Date(effectiveTo).toISOString(),
    ]);
    await tx.query('update documents set source_state = null where version_id = any($1::uuid[])', [versionIds]);
    return await sendClosing(tx, { services, context: listing.context, collection: listing.collection }, closed);
  });
  if (closing !== null) intake.closings.soon(listing.context, closing);
}
