import type { FixedSizeList, RecordBatch, Schema } from 'apache-arrow';

/** The vectors of a batch: row `r` begins at `values[r · dimensions]`. */
export interface BatchVectors {
  readonly values: Float16Array;
  readonly dimensions: number;
}

/** The `vector` column of a batch without copying it; null when it is not there. */
export function readVectors(batch: RecordBatch): BatchVectors | null {
  const list = batch.getChild('vector')?.data[0];
  const bits = list?.children[0]?.values as Uint16Array | undefined;
  if (list === undefined || bits === undefined) return null;
  // The values of a slice are sliced as well: they begin at its first row, whatever its offset says.
  const dimensions = (list.type as FixedSizeList).listSize;
  const values = new Float16Array(bits.buffer, bits.byteOffset, bits.length);
  return { values, dimensions };
}

/** Length of the vectors of a table with this schema; 0: it has none. */
export function dimensionsOf(schema: Schema): number {
  const type = schema.fields.find((field) => field.name === 'vector')?.type as FixedSizeList | undefined;
  return type?.listSize ?? 0;
}
