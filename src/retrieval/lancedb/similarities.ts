import type { Table as LanceTable } from '@lancedb/lancedb';
import type { Table as ArrowTable } from 'apache-arrow';
import { readVectors } from './read-vectors.ts';
import type { RowCache } from './row-cache.ts';
import { literal } from './to-lance-filter.ts';

interface Source {
  readonly table: LanceTable;
  readonly cache: RowCache;
}

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
  return await remembered(source, ids, (id) => source.cache.cosine(id, vector));
}

/** Vectors of the named chunks, from where {@link similaritiesOf} has its cosines. */
export async function vectorsOf(source: Source, ids: readonly string[]): Promise<Map<string, Float32Array>> {
  return await remembered(source, ids, (id) => source.cache.vector(id));
}

/** What `recall` knows of each chunk, after its vector was read where it was not remembered. */
async function remembered<T>(
  { table, cache }: Source,
  ids: readonly string[],
  recall: (id: string) => T | undefined,
): Promise<Map<string, T>> {
  const known = new Map<string, T>();
  const missing = (): string[] => ids.filter((id) => !known.has(id));
  const collect = (wanted: readonly string[]): void => {
    for (const id of wanted) {
      const value = recall(id);
      if (value !== undefined) known.set(id, value);
    }
  };
  collect(ids);
  const addresses = missing().flatMap((id) => cache.addressOf(id) ?? []);
  if (addresses.length > 0) {
    remember(cache, await table.takeRowIds(addresses).select(['id', '_rowid', 'vector']).toArrow());
    collect(missing());
  }
  if (known.size < ids.length) {
    const where = `id IN (${missing().map(literal).join(', ')})`;
    remember(cache, await table.query().where(where).select(['id', '_rowid', 'vector']).toArrow());
    collect(missing());
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
