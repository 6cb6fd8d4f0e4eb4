import type { Query, VectorQuery } from '@lancedb/lancedb';
import type { RankedRows } from './best-rows.ts';

const TIMEOUT_MS = 30_000;

/** Runs a query of LanceDB for addresses and one column that ranks them. */
export async function rankedBy(column: '_score' | '_distance', query: Query | VectorQuery): Promise<RankedRows> {
  const found = await query.toArrow({ timeoutMs: TIMEOUT_MS });
  const addresses = Array.from((found.getChild('_rowid')?.toArray() ?? []) as BigUint64Array, Number);
  const values = (found.getChild(column)?.toArray() ?? []) as Float32Array;
  return { addresses, scores: column === '_score' ? values : Array.from(values, (distance) => 1 - distance) };
}
