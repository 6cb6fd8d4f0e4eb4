import type { TenantContext } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';

/**
 * Row of `index_versions` that counts a tenant's deletions. No collection has this id.
 * A reply that was being made while something was deleted may hold its words: the count at the question must be the
 * count when the reply is kept, and `writing_until` keeps prompts from being trusted that were built before the deletion.
 */
const ERASURES = '00000000-0000-0000-0000-000000000000';

/** How long before its call a prompt's evidence may have been read, ms. */
const PROMPT_AGE_MS = 120_000;

/**
 * Deletes every kept reply of the transaction's tenant, and keeps those from being kept that are being made now. Part of
 * deleting anything whose words a reply may hold.
 */
export async function forgetReplies(tx: Transaction, context: TenantContext, at: number): Promise<void> {
  await tx.query(
    `insert into index_versions (tenant_id, collection_id, version, writing_until) values ($1, $2, 1, $3)
     on conflict (tenant_id, collection_id) do update
        set version = index_versions.version + 1, writing_until = excluded.writing_until`,
    [context.tenantId, ERASURES, new Date(at + PROMPT_AGE_MS)],
  );
  await tx.query('delete from reply_cache where tenant_id = $1', [context.tenantId]);
}

/** How many deletions there were; null: one was so recently that no reply is to be kept. */
export async function readFence(tx: Transaction, now: number): Promise<number | null> {
  const [row] = await tx.query<{ version: number; open: boolean }>(
    'select version::float8 as version, coalesce(writing_until <= $2, true) as open from index_versions where collection_id = $1',
    [ERASURES, new Date(now)],
  );
  if (row === undefined) return 0;
  return row.open ? row.version : null;
}

/** Whether nothing was deleted since; until the transaction ends nothing is. */
export async function holdFence(tx: Transaction, context: TenantContext, fence: number): Promise<boolean> {
  await tx.query(
    'insert into index_versions (tenant_id, collection_id, version) values ($1, $2, 0) on conflict do nothing',
    [context.tenantId, ERASURES],
  );
  const rows = await tx.query('select 1 from index_versions where collection_id = $1 and version = $2 for share', [
    ERASURES,
    fence,
  ]);
  return rows.length > 0;
}
