import { createHash } from 'node:crypto';
import type { TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { Collection } from '../collections/collections.ts';

/** A document's place: whose, in which collection. */
export interface Place {
  readonly context: TenantContext;
  readonly collection: Pick<Collection, 'id'>;
}

/** The name a deletion is remembered under: a hash, because the name itself must go. */
function deletionKey(externalId: string): string {
  return createHash('sha256').update(externalId, 'utf8').digest('hex');
}

/** Which of these documents a person deleted; a pass over their source leaves them out. */
export async function deletedAmong(
  tx: Transaction,
  place: Place,
  externalIds: readonly string[],
): Promise<Set<string>> {
  const byKey = new Map(externalIds.map((externalId) => [deletionKey(externalId), externalId]));
  const rows = await tx.query<{ key: string }>(
    `select external_id_sha256 as key from deletions where collection_id = $1 and external_id_sha256 = any($2::text[])`,
    [place.collection.id, [...byKey.keys()]],
    { keepPlan: true },
  );
  return new Set(rows.flatMap((row) => byKey.get(row.key) ?? []));
}

/** Remembers that a person deleted the document. */
export async function rememberDeletion(
  tx: Transaction,
  place: Place,
  deletion: { readonly externalId: string; readonly at: number },
): Promise<void> {
  await tx.query(
    `insert into deletions (tenant_id, collection_id, external_id_sha256, deleted_at) values ($1, $2, $3, $4)
     on conflict (tenant_id, collection_id, external_id_sha256) do update set deleted_at = excluded.deleted_at`,
    [
      place.context.tenantId,
      place.collection.id,
      deletionKey(deletion.externalId),
      new Date(deletion.at).toISOString(),
    ],
  );
}

/** The person brings the document back by name: the deletion is forgotten. */
export async function forgetDeletion(database: Database, place: Place, externalId: string): Promise<void> {
  await database.withTenant(place.context, (tx) =>
    tx.query('delete from deletions where collection_id = $1 and external_id_sha256 = $2', [
      place.collection.id,
      deletionKey(externalId),
    ]),
  );
}
