import { hash } from 'node:crypto';
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
  return hash('sha256', externalId, 'hex');
}

/** Which of these documents a person deleted; a pass over their source leaves them out. */
export async function deletedAmong(
  tx: Transaction,
  place: Place,
  externalIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ externalId: string }>(DELETED_AMONG, [place.collection.id, externalIds], {
    keepPlan: true,
  });
  return new Set(rows.map((row) => row.externalId));
}

/** SQL: which external ids of the list `$2` a person deleted from the collection `$1`, as "externalId". */
export const DELETED_AMONG = `
select given.id as "externalId"
  from unnest($2::text[]) as given(id)
  join deletions x on x.external_id_sha256 = encode(sha256(convert_to(given.id, 'UTF8')), 'hex')
 where x.collection_id = $1`;

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
