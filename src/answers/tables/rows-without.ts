import type { AskedOfTable } from './asked-of-table.ts';
import { saysFree, saysNone } from './cell-value.ts';
import { NAMES, NAMES_SURELY, nearness } from './name-column.ts';
import { columnValues } from './rows-with-most.ts';
import type { TableColumn, TableRow, WholeTable } from './table-around.ts';

/** What a word before the `no` is worth beside one behind it. */
const HINTED = 0.95;

/** The rows that have none of what is asked about, by the column that is named best and of which not all rows have none. */
export function rowsWithout(table: WholeTable, rows: readonly TableRow[], asked: AskedOfTable): readonly TableRow[] {
  const telling = table.columns.filter((column) => {
    const { length } = lackingIn(table.rows, column, asked);
    return length > 0 && length < table.rows.length;
  });
  const column = namedBest(telling, asked) ?? sumsAmong(table, telling, asked);
  return column === undefined ? [] : lackingIn(rows, column, asked);
}

function namedBest(columns: readonly TableColumn[], asked: AskedOfTable): TableColumn | undefined {
  const least = asked.kind.length === 0 ? NAMES_SURELY : NAMES;
  const named = columns
    .map((column) => {
      const [own, hinted] = [nearness(column, asked.column), nearness(column, asked.hints)];
      return { column, most: Math.max(own.most, HINTED * hinted.most), all: own.all + HINTED * hinted.all };
    })
    .filter(({ most }) => most >= least);
  return named.toSorted((one, other) => other.all - one.all)[0]?.column;
}

/** What costs nothing, where no column is named: by the first column of sums. */
function sumsAmong(
  { rows }: WholeTable,
  columns: readonly TableColumn[],
  asked: AskedOfTable,
): TableColumn | undefined {
  if (asked.wanted !== 'free' || asked.kind.length === 0) return undefined;
  return columns.find((column) => columnValues(rows, column, asked) !== null);
}

function lackingIn(rows: readonly TableRow[], { name }: TableColumn, { wanted }: AskedOfTable): TableRow[] {
  const say = (says: (cell: string) => boolean): TableRow[] => rows.filter(({ cells }) => says(cells.get(name) ?? ''));
  const none = wanted === 'free' ? [] : say(saysNone);
  return none.length > 0 ? none : say(saysFree);
}
