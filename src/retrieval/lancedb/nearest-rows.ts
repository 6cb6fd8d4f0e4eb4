import type { Table as LanceTable, VectorQuery } from '@lancedb/lancedb';
import type { RankedRows } from './best-rows.ts';
import type { Probing } from './maintenance.ts';
import { rankedBy } from './ranked-by.ts';
import type { RowCache } from './row-cache.ts';
import { nearestOf } from './similarities.ts';

/**
 * Candidates of a rough index compared again at full precision, at least, and twice the results wanted: how many they are
 * decides, not how many to a result (docs/decisions/0009-partitions-searched.md).
 */
const COMPARED_AGAIN = 120;
const COMPARED_PER_RESULT = 2;

/** What is searched. */
interface Searched {
  readonly table: LanceTable;
  readonly cache: RowCache;
  /** Null: all vectors are compared. */
  readonly index: Probing | null;
}

/**
 * The rows of a table nearest to a vector of unit length, by LanceDB. What a rough index finds is compared again with the vectors in
 * memory; only where they are not there LanceDB reads them, which takes as long as all the rest.
 * @param of.where LanceDB's condition; null: none
 */
export async function nearestRows(
  { table, cache, index }: Searched,
  vector: Float32Array,
  of: { readonly where: string | null; readonly limit: number },
): Promise<RankedRows> {
  const { where, limit } = of;
  const perResult = Math.max(COMPARED_PER_RESULT, Math.ceil(COMPARED_AGAIN / limit));
  const isComparedHere = index !== null && index.isRough && cache.hasVectors;
  const nearest = table
    .query()
    .nearestTo(vector)
    .distanceType('cosine')
    .select(['_rowid', '_distance'])
    .limit(isComparedHere ? limit * perResult : limit);
  const probed = index === null ? nearest : probing(nearest, index, where !== null);
  const refined = index?.isRough && !isComparedHere ? probed.refineFactor(perResult) : probed;
  const found = await rankedBy('_distance', where === null ? refined : refined.where(where));
  return isComparedHere ? await nearestOf({ table, cache }, found.addresses, { vector, limit }) : found;
}

/** With a filter all partitions may be searched until there are enough hits; without one the nearest are enough. */
function probing(query: VectorQuery, { probes }: Probing, isFiltered: boolean): VectorQuery {
  return isFiltered ? query.maximumNprobes(0).minimumNprobes(probes) : query.nprobes(probes);
}
