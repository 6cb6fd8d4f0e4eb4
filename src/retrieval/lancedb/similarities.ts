import type { Table as LanceTable } from '@lancedb/lancedb';
import type { Table as ArrowTable } from 'apache-arrow';
import type { RowCache } from './row-cache.ts';
import { literal } from './to-lance-filter.ts';

/**
 * True cosines of the named chunks: rows whose address is remembered are taken directly, the others by their id.
 * @param vector unit length
 */
export async function similaritiesOf(
  source: { readonly table: LanceTable; readonly cache: RowCache },
  vector: Float32Array,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { table, cache } = source;
  const cosines = new Map<string, number>();
  const addresses = new Map(ids.map((id) => [cache.addressOf(id), id] as const));
  addresses.delete(undefined);
  if (addresses.size > 0) {
    const found = await table
      .takeRowIds([...addresses.keys()].map(Number))
      .select(['_rowid', 'vector'])
      .toArrow();
    const places = Array.from((found.getChild('_rowid')?.toArray() ?? []) as BigUint64Array, Number);
    for (const [row, cosine] of cosinesOf(found, vector).entries()) {
      const id = addresses.get(places[row] ?? -1);
      if (id !== undefined) cosines.set(id, cosine);
    }
  }
  const others = ids.filter((id) => !cosines.has(id));
  if (others.length > 0) {
    const where = `id IN (${others.map(literal).join(', ')})`;
    const found = await table.query().where(where).select(['id', 'vector', '_rowid']).toArrow();
    const column = found.getChild('id');
    for (const [row, cosine] of cosinesOf(found, vector).entries()) cosines.set(String(column?.get(row)), cosine);
  }
  return cosines;
}

/** Cosines in the order of the rows. */
function cosinesOf(found: ArrowTable, vector: Float32Array): number[] {
  return found.batches.flatMap((batch) => {
    const list = batch.getChild('vector')?.data[0];
    const bits = list?.children[0]?.values as Uint16Array | undefined;
    if (bits === undefined) return [];
    const values = new Float16Array(bits.buffer, bits.byteOffset, bits.length);
    const offset = list?.offset ?? 0;
    return Array.from({ length: batch.numRows }, (_, row) => dot(vector, values, (offset + row) * vector.length));
  });
}

function dot(vector: Float32Array, values: Float16Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i += 1) sum += (vector[i] as number) * (values[start + i] as number);
  return sum;
}
