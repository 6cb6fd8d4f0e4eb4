import type { Table as LanceTable } from '@lancedb/lancedb';
import { AddressNumbers } from './address-numbers.ts';
import { inTurns } from './in-turns.ts';
import { PackedRows } from './packed-rows.ts';
import { ROW_COLUMNS } from './read-rows.ts';
import type { SearchedColumn, TableMemory } from './table-memory.ts';

/** Share of the rows that may be new or gone for them to be read one by one instead of all anew. */
const READ_SINGLY_SHARE = 0.1;
const ROWS_PER_STATEMENT = 1_000;

/** How a table is read into memory. */
interface Reading {
  /** About how many rows it has. */
  readonly count: number;
  /** What is read beside the rows; null: nothing. */
  readonly column: SearchedColumn | null;
}

/** Reads a whole table; what memory has and the table has not is forgotten. */
export async function readTable(table: LanceTable, memory: TableMemory, { count, column }: Reading): Promise<void> {
  memory.terms.clear();
  if (column === 'vector') memory.vectors.expect(count);
  const rows = new PackedRows(count);
  const columns = column === null ? [...ROW_COLUMNS] : [...ROW_COLUMNS, column];
  for await (const batch of table.query().select(columns)) await memory.adopt(batch, rows);
  memory.rows = rows;
  await memory.forgetOthers('vector', (address) => rows.has(address));
}

/**
 * Reads only the rows of a table that memory has not, and forgets those that are gone.
 * @returns false, and changes nothing, when they are so many that reading all is cheaper
 */
export async function readChanges(
  table: LanceTable,
  memory: TableMemory,
  { count, column }: Reading & { readonly column: SearchedColumn },
): Promise<boolean> {
  const present = new AddressNumbers(count);
  const missing: number[] = [];
  for await (const batch of table.query().select(['_rowid'])) {
    await inTurns(batch.getChild('_rowid')?.toArray() as BigUint64Array, (each) => {
      const address = Number(each);
      present.set(address, 0);
      if (!memory.has(address, column)) missing.push(address);
    });
  }
  const few = present.size * READ_SINGLY_SHARE;
  if (missing.length > few || memory.rows.size - present.size > few) return false;
  for (let from = 0; from < missing.length; from += ROWS_PER_STATEMENT) {
    const query = table.takeRowIds(missing.slice(from, from + ROWS_PER_STATEMENT)).select([...ROW_COLUMNS, column]);
    for (const batch of (await query.toArrow()).batches) await memory.adopt(batch, memory.rows);
  }
  await memory.forgetOthers(column, (address) => present.has(address));
  return true;
}
