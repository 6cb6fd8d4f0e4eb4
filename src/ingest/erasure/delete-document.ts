import type { TenantContext } from '../../base/index.ts';
import { forgetReplies } from '../../models/index.ts';
import type { Transaction } from '../../store/index.ts';
import { rememberDeletion } from '../documents/deletions.ts';
import { DocumentNotFound, findDocument } from '../documents/read-documents.ts';
import type { Intake } from '../pipeline/store-and-announce.ts';
import { IndexBusy } from '../projection/index-lock.ts';
import { forgetInRuns } from './forget-in-runs.ts';

/** Queue that takes deleted documents' words off the disk. */
export const ERASE_QUEUE = 'document-erase';

/** What must be wiped after rows are gone; hashes and ids only. */
export interface EraseJob {
  readonly eraseId: string;
  readonly tenantId: string;
  readonly collectionId: string;
  readonly documentIds: readonly string[];
  /** Blobs that may be nobody's now. */
  readonly blobs: readonly string[];
}

/**
 * Deletes a document: every version, chunk, vector, every answer that cites it, every kept reply of a model, every
 * logged search that found it, and its name in
 * quarantine and in reports of passes. When it returns nothing finds the document any more; its bytes go by the job it leaves.
 * @returns resolves when the bytes are off the disk too
 * @throws PlumblineError `document.not-found`
 */
export async function deleteDocument(
  intake: Intake,
  context: TenantContext,
  id: string,
): Promise<{ readonly erased: Promise<void> }> {
  const { services, projector } = intake;
  const document = await findDocument(services.database, context, id);
  const { collectionId, externalId } = document;
  const job = await services.database.withTenant(context, async (tx): Promise<EraseJob> => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [collectionId]);
    const deleted = await deleteRows(tx, { id, collectionId, externalId });
    await rememberDeletion(tx, { context, collection: { id: collectionId } }, { externalId, at: services.clock() });
    services.changes.raise(collectionId);
    await forgetInRuns(tx, { collectionId, externalId });
    await forgetReplies(tx, context, services.clock());
    const erase = { tenantId: context.tenantId, collectionId, documentIds: [id], blobs: deleted.blobs };
    const made = { ...erase, eraseId: services.newId() };
    await services.jobs.send(tx, { queue: ERASE_QUEUE, data: made });
    await services.events.append(tx, context, [{ type: 'document.deleted', subjectId: id }]);
    for (const versionId of deleted.versionIds) intake.recent.drop(versionId);
    return made;
  });
  services.events.announce(context.tenantId);
  await projector
    .exclusive({ context, collectionId }, (scope) => services.index.removeDocuments(scope, [id]))
    .catch((error: unknown) => {
      // The store has the last word at every search; the job takes the entries out when the index is free.
      if (!(error instanceof IndexBusy)) throw error;
    });
  return { erased: intake.erasures.soon(job) };
}

interface Deleted {
  readonly versionIds: readonly string[];
  readonly blobs: readonly string[];
}

async function deleteRows(
  tx: Transaction,
  document: { readonly id: string; readonly collectionId: string; readonly externalId: string },
): Promise<Deleted> {
  const { id, collectionId, externalId } = document;
  const keys = await tx.query<{ key: string }>(
    `delete from chunks k using versions v where v.document_id = $1 and k.version_id = v.id
     returning encode(k.embedding_key, 'hex') as key`,
    [id],
  );
  // After the chunks: a vector that was being stored for one of them is there by now.
  await tx.query(
    `delete from embeddings e using (select distinct decode(k, 'hex') as key from unnest($1::text[]) as k) gone
      where e.embedding_key = gone.key and not exists (select from chunks o where o.embedding_key = gone.key)`,
    [keys.map(({ key }) => key)],
  );
  await tx.query(
    'delete from index_queue q using versions v where v.document_id = $1 and q.collection_id = $2 and q.version_id = v.id',
    [id, collectionId],
  );
  await forgetAnswers(tx, id);
  const versions = await tx.query<{ versionId: string; original: string; text: string }>(
    `delete from versions where document_id = $1
     returning id as "versionId", original_sha256 as original, text_sha256 as text`,
    [id],
  );
  const quarantined = await tx.query<{ original: string | null }>(
    'delete from quarantine where collection_id = $1 and external_id = $2 returning original_sha256 as original',
    [collectionId, externalId],
  );
  const gone = await tx.query('delete from documents where id = $1 returning id', [id]);
  if (gone.length === 0) throw new DocumentNotFound(id);
  // After the document: a search that is being logged holds it until the log has its row.
  await tx.query('delete from query_log where document_ids @> array[$1::uuid]', [id]);
  const blobs = [
    ...versions.flatMap((each) => [each.original, each.text]),
    ...quarantined.flatMap((each) => each.original ?? []),
  ];
  return { versionIds: versions.map((each) => each.versionId), blobs: [...new Set(blobs)] };
}

/** Everything that shows the document's words: answers, what was streamed of them, what was said of them, conflicts. */
async function forgetAnswers(tx: Transaction, documentId: string): Promise<void> {
  await tx.query(
    `with shown as (
       delete from answers where document_ids @> array[$1::uuid] returning id
     ), streamed as (
       delete from answer_runs where document_ids @> array[$1::uuid] or id in (select id from shown) returning id
     ), gone as (select id from shown union select id from streamed),
     said as (delete from answer_feedback where answer_id in (select id from gone))
     delete from answer_events where answer_id in (select id from gone)`,
    [documentId],
  );
  await tx.query('delete from answer_conflicts where document_ids @> array[$1::uuid]', [documentId]);
}
