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
  const { table, cache } = source;
  const cosines = new Map<string, number>();
  const missing = (): string[] => ids.filter((id) => !cosines.has(id));
  collect(cache, { vector, ids, cosines });
  const addresses = missing().flatMap((id) => cache.addressOf(id) ?? []);
  if (addresses.length > 0) {
    remember(cache, await table.takeRowIds(addresses).select(['id', '_rowid', 'vector']).toArrow());
    collect(cache, { vector, ids: missing(), cosines });
  }
  if (cosines.size < ids.length) {
    const where = `id IN (${missing().map(literal).join(', ')})`;
    remember(cache, await table.query().where(where).select(['id', '_rowid', 'vector']).toArrow());
    collect(cache, { vector, ids: missing(), cosines });
  }
  return cosines;
}

function collect(
  cache: RowCache,
  { vector, ids, cosines }: { vector: Float32Array; ids: readonly string[]; cosines: Map<string, number> },
): void {
  for (const id of ids) {
    const cosine = cache.cosine(id, vector);
    if (cosine !== undefined) cosines.set(id, cosine);
  }
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
