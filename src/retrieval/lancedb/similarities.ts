import type { Table as LanceTable } from '@lancedb/lancedb';
import type { Table as ArrowTable } from 'apache-arrow';
import { BestRows, type RankedRows } from './best-rows.ts';
import { readVectors } from './read-vectors.ts';
import type { RowCache } from './row-cache.ts';
import { literal } from './to-lance-filter.ts';

interface Source {
  readonly table: LanceTable;
  readonly cache: RowCache;
}

/** Puts what it knows of these chunks into the map. */
type Recall<T> = (ids: readonly string[], known: Map<string, T>) => void;

/**
 * True cosines of the named chunks: from memory where their vectors are remembered; else rows whose address is
 * remembered are taken directly, the others found by their id.
 * @param vector unit length
 */
export async function similaritiesOf(
  source: Source,
  vector: Float32Array,
  ids: readonly string[],
): Promise<Map<string, number>> {
  return await remembered(source, ids, (wanted, known) => source.cache.cosines(wanted, vector, known));
}

/** Vectors of the named chunks, from where {@link similaritiesOf} has its cosines. */
export async function vectorsOf(source: Source, ids: readonly string[]): Promise<Map<string, Float32Array>> {
  return await remembered<Float32Array>(source, ids, (wanted, known) => {
    for (const id of wanted) {
      const vector = source.cache.vector(id);
      if (vector !== undefined) known.set(id, vector);
    }
  });
}

/**
 * Of rows that were found, those nearest to a vector, by their true cosines. What is gone meanwhile is left out.
 * @param of.vector unit length
 */
export async function nearestOf(
  { table, cache }: Source,
  addresses: readonly number[],
  of: { readonly vector: Float32Array; readonly limit: number },
): Promise<RankedRows> {
  const best = new BestRows(of.limit);
  const missing = offered(addresses, cache.cosinesTo(of.vector), best);
  if (missing.length === 0) return best;
  remember(cache, await table.takeRowIds(missing).select(['id', '_rowid', 'vector']).toArrow());
  offered(missing, cache.cosinesTo(of.vector), best);
  return best;
}

/** @returns those whose cosine is not known */
function offered(
  addresses: readonly number[],
  cosineOf: (address: number) => number | undefined,
  best: BestRows,
): number[] {
  return addresses.filter((address) => {
    const cosine = cosineOf(address);
    if (cosine !== undefined) best.offer(address, cosine);
    return cosine === undefined;
  });
}

/** What is recalled of each chunk, after its vector was read where it was not remembered. */
async function remembered<T>(
  { table, cache }: Source,
  ids: readonly string[],
  recall: Recall<T>,
): Promise<Map<string, T>> {
  const known = new Map<string, T>();
  const missing = (): string[] => ids.filter((id) => !known.has(id));
  recall(ids, known);
  if (known.size === ids.length) return known;
  const addresses = missing().flatMap((id) => cache.addressOf(id) ?? []);
  if (addresses.length > 0) {
    remember(cache, await table.takeRowIds(addresses).select(['id', '_rowid', 'vector']).toArrow());
    recall(missing(), known);
  }
  if (known.size < ids.length) {
    const where = `id IN (${missing().map(literal).join(', ')})`;
    remember(cache, await table.query().where(where).select(['id', '_rowid', 'vector']).toArrow());
    recall(missing(), known);
  }
  return known;
}

function remember(cache: RowCache, found: ArrowTable): void {
  for (const batch of found.batches) {
    const vectors = readVectors(batch);
    if (vectors === null) continue;
    const [ids, addresses] = [batch.getChild('id'), batch.getChild('_rowid')];
    for (let row = 0; row < batch.numRows; row += 1) {
      const place = { id: String(ids?.get(row)), address: Number(addresses?.get(row)) };
      cache.rememberVector(place, vectors, row);
    }
  }
}
