import type { TenantContext } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** Half-open, milliseconds since 1970: at all its moments the same versions of a collection are valid. */
export interface Validity {
  readonly from: number;
  readonly to: number;
}

const QUERY = `
select extract(epoch from greatest(
         (select max(effective_from) from versions where collection_id = $1 and effective_from <= $2),
         (select max(effective_to) from versions where collection_id = $1 and effective_to <= $2)))::float8 * 1000 as "from",
       extract(epoch from least(
         (select min(effective_from) from versions where collection_id = $1 and effective_from > $2),
         (select min(effective_to) from versions where collection_id = $1 and effective_to > $2)))::float8 * 1000 as "to"`;

/** The stretch of time around a moment in which no version of the collection begins or ends to be valid. */
export async function validityAround(
  database: Database,
  context: TenantContext,
  at: { readonly collectionId: string; readonly asOf: number },
): Promise<Validity> {
  const [row] = await database.withTenant(context, (tx) =>
    tx.query<{ from: number | null; to: number | null }>(QUERY, [at.collectionId, new Date(at.asOf)]),
  );
  const from = row?.from ?? null;
  const to = row?.to ?? null;
  return {
    from: from === null ? Number.NEGATIVE_INFINITY : Math.round(from),
    to: to === null ? Number.POSITIVE_INFINITY : Math.round(to),
  };
}
