import type { Data, RecordBatch, Utf8 } from 'apache-arrow';
import { PackedRows } from './packed-rows.ts';
import { rowReader } from './read-rows.ts';
import { readVectors } from './read-vectors.ts';
import { RememberedTerms } from './remembered-terms.ts';
import { RememberedVectors } from './remembered-vectors.ts';
import { inTurns } from './in-turns.ts';

/** The column that a table is searched by. */
export type SearchedColumn = 'vector' | 'terms';

/** Rows decoded in one turn of the event loop, and those whose terms are read as well: 1 to 2 ms. */
const ROWS_PER_TURN = 250;
const ROWS_PER_TURN_WITH_TERMS = 100;

/** What is remembered of one table: its rows by their addresses, and vectors or terms of them. */
export class TableMemory {
  readonly vectors = new RememberedVectors();
  readonly terms = new RememberedTerms();
  rows = new PackedRows();

  /** Bytes held, about. */
  get bytes(): number {
    return this.rows.bytes + this.vectors.bytes + this.terms.bytes;
  }

  forget(): void {
    this.rows = new PackedRows();
    this.vectors.clear();
    this.terms.clear();
  }

  /** Whether a row is here with what the table is searched by. */
  has(address: number, column: SearchedColumn): boolean {
    return this.rows.has(address) && this.#searched(column).has(address);
  }

  /** Takes the rows of a batch in, with their vectors or terms where it has them; others have their turn meanwhile. */
  async adopt(batch: RecordBatch, rows: PackedRows): Promise<void> {
    const read = rowReader(batch, rows);
    const vectors = readVectors(batch);
    const terms = batch.getChild('terms')?.data[0] as Data<Utf8> | undefined;
    const perTurn = terms === undefined ? ROWS_PER_TURN : ROWS_PER_TURN_WITH_TERMS;
    for (let row = 0; row < batch.numRows; row += 1) {
      const address = read(row);
      if (vectors !== null) this.vectors.remember(address, vectors, row);
      if (terms !== undefined) this.terms.add(address, terms.values, stretchOf(terms, row));
      if (row % perTurn === perTurn - 1) await new Promise(setImmediate);
    }
  }

  /** Forgets vectors or terms of rows that are not there. */
  async forgetOthers(column: SearchedColumn, isThere: (address: number) => boolean): Promise<void> {
    const searched = this.#searched(column);
    await inTurns(searched.addresses(), (address) => {
      if (!isThere(address)) searched.forget(address);
    });
  }

  #searched(column: SearchedColumn): RememberedVectors | RememberedTerms {
    return column === 'vector' ? this.vectors : this.terms;
  }
}

/** Where the text of a row is. */
function stretchOf({ valueOffsets }: Data<Utf8>, row: number): { readonly start: number; readonly end: number } {
  return { start: valueOffsets[row] as number, end: valueOffsets[row + 1] as number };
}
