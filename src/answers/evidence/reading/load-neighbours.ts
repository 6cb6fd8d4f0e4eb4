import type { TenantContext } from '../../../base/index.ts';
import type { Database } from '../../../store/index.ts';

/** Within the section around the chunk, never beyond the version. */
const QUERY = `
select k.id, min(n.start)::int as start, max(n."end")::int as "end"
  from chunks k
  join chunks n on n.tenant_id = k.tenant_id and n.version_id = k.version_id
   and n.ordinal between k.ordinal - $2 and k.ordinal + $2 and n.start >= k.parent_start and n."end" <= k.parent_end
 where k.id = any($1::uuid[])
 group by k.id`;

/**
 * Where each chunk with its neighbours begins and ends, by chunk.
 * @param reach chunks on either side, ≥ 1
 */
export async function loadNeighbours(
  database: Database,
  context: TenantContext,
  { chunkIds, reach }: { readonly chunkIds: readonly string[]; readonly reach: number },
): Promise<Map<string, { readonly start: number; readonly end: number }>> {
  const parameters = [chunkIds, reach];
  const rows = await database.readTenant<{ id: string; start: number; end: number }>(context, QUERY, parameters);
  return new Map(rows.map(({ id, start, end }) => [id, { start, end }]));
}
