import type { TenantContext } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import { rememberDeletion } from '../documents/deletions.ts';
import { DocumentNotFound, findDocument } from '../documents/read-documents.ts';
import type { Intake } from '../pipeline/store-and-announce.ts';

/** Queue that takes deleted documents' words off the disk. */
export const ERASE_QUEUE = 'document-erase';

/** What must be wiped after rows are gone; hashes and ids only. */
export interface EraseJob {
  readonly tenantId: string;
  readonly collectionId: string;
  readonly documentIds: readonly string[];
  /** Blobs that may be nobody's now. */
  readonly blobs: readonly string[];
}

/**
 * Deletes a document: every version, chunk, vector and every answer that cites it. When it returns nothing finds the
 * document any more; its bytes go by the job it leaves (`finishErasure`).
 * @throws PlumblineError `document.not-found`
 */
export async function deleteDocument(intake: Intake, context: TenantContext, id: string): Promise<void> {
  const { services, projector } = intake;
  const document = await findDocument(services.database, context, id);
  const place = { context, collection: { id: document.collectionId } };
  const job = await services.database.withTenant(context, async (tx): Promise<EraseJob> => {
    const versions = await deleteRows(tx, id);
    if (versions.length === 0) throw new DocumentNotFound(id);
    await rememberDeletion(tx, place, { externalId: document.externalId, at: services.clock() });
    const blobs = [...new Set(versions.flatMap((each) => [each.original, each.text]))];
    const erase = { tenantId: context.tenantId, collectionId: document.collectionId, documentIds: [id], blobs };
    await services.jobs.send(tx, ERASE_QUEUE, erase);
    await services.events.append(tx, context, [{ type: 'document.deleted', subjectId: id }]);
    for (const { versionId } of versions) intake.recent.drop(versionId);
    return erase;
  });
  services.events.announce(context.tenantId);
  await projector.exclusive({ context, collectionId: job.collectionId }, (scope) =>
    services.index.removeDocuments(scope, [id]),
  );
}

interface DeletedVersion {
  readonly versionId: string;
  readonly original: string;
  readonly text: string;
}

async function deleteRows(tx: Transaction, documentId: string): Promise<DeletedVersion[]> {
  await tx.query(
    `delete from embeddings e using chunks k
      where k.document_id = $1 and e.embedding_key = k.embedding_key
        and not exists (select from chunks o where o.embedding_key = k.embedding_key and o.document_id <> $1)`,
    [documentId],
  );
  await tx.query('delete from chunks where document_id = $1', [documentId]);
  await tx.query('delete from answers where document_ids @> array[$1::uuid]', [documentId]);
  const versions = await tx.query<DeletedVersion>(
    `delete from versions where document_id = $1
     returning id as "versionId", original_sha256 as original, text_sha256 as text`,
    [documentId],
  );
  await tx.query('delete from documents where id = $1', [documentId]);
  return versions;
}
