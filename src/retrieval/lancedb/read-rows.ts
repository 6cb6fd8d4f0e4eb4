import type { Data, RecordBatch, Utf8 } from 'apache-arrow';
import type { PackedRows } from './packed-rows.ts';
import { NO_END } from './to-lance-filter.ts';

/** Columns that {@link rowReader} needs. */
export const ROW_COLUMNS = ['id', 'documentId', 'versionId', 'acl', 'effectiveFrom', 'effectiveTo', '_rowid'] as const;

/** Takes rows of one batch in, each by its number in the batch. @returns its address */
export type ReadRow = (row: number) => number;

/** Reads rows without making strings of their ids, which a million of them would take seconds for. */
export function rowReader(batch: RecordBatch, into: PackedRows): ReadRow {
  const data = (name: string): Data => batch.getChild(name)?.data[0] as Data;
  const idReader = (name: string) => {
    const { valueOffsets, values } = data(name) as Data<Utf8>;
    return (row: number) =>
      into.ids.numberOfBytes(values, valueOffsets[row] as number, valueOffsets[row + 1] as number);
  };
  const [id, documentId, versionId] = [idReader('id'), idReader('documentId'), idReader('versionId')];
  const [from, to] = [data('effectiveFrom').values as BigInt64Array, data('effectiveTo').values as BigInt64Array];
  const addresses = data('_rowid').values as BigUint64Array;
  const acl = listReader(data('acl'));
  return (row) => {
    const address = Number(addresses[row]);
    if (into.has(address)) return address;
    const effectiveTo = Number(to[row]);
    into.add(address, {
      id: id(row),
      documentId: documentId(row),
      versionId: versionId(row),
      acl: acl(row),
      effectiveFrom: Number(from[row]),
      effectiveTo: effectiveTo === NO_END ? Number.POSITIVE_INFINITY : effectiveTo,
    });
    return address;
  };
}

/** Lists of texts; one that is equal to that of the row read before is the same array. */
function listReader(lists: Data): (row: number) => readonly string[] {
  const offsets = lists.valueOffsets;
  const { valueOffsets, values } = lists.children[0] as Data<Utf8>;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  let [lastStart, lastEnd, last]: [number, number, readonly string[]] = [0, 0, []];
  return (row) => {
    const [first, end] = [offsets[row] as number, offsets[row + 1] as number];
    if (end === first) return [];
    const [start, stop] = [valueOffsets[first] as number, valueOffsets[end] as number];
    const isSame =
      last.length === 1 && end - first === 1 && bytes.compare(bytes, lastStart, lastEnd, start, stop) === 0;
    if (!isSame) {
      last = Array.from({ length: end - first }, (_, n) =>
        bytes.toString('utf8', valueOffsets[first + n] as number, valueOffsets[first + n + 1] as number),
      );
    }
    [lastStart, lastEnd] = [start, stop];
    return last;
  };
}
