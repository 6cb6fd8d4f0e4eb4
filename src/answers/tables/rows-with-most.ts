import type { AskedOfTable } from './asked-of-table.ts';
import { cellValues, saysFree, UNBOUNDED } from './cell-value.ts';
import { NAMES, NAMES_SURELY, nearness } from './name-column.ts';
import type { TableColumn, TableRow } from './table-around.ts';

/** Share of the rows that must have a value to be compared: what is not compared may be the one. */
const COMPARABLE = 0.7;

/** The rows with the most or the least in the column that is asked about. @param columns that may be */
export function rowsWithMost(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  asked: AskedOfTable,
): readonly TableRow[] {
  const likely = columns.flatMap((column) => {
    const near = nearTo(column, rows, asked);
    const compared = near === null ? null : columnValues(rows, column, asked);
    return near === null || compared === null ? [] : [{ ...compared, ...near }];
  });
  likely.sort((one, other) => other.named - one.named || other.hinted - one.hinted);
  const [best, next] = likely;
  // The shortest may be the lowest or the briefest.
  const isEither =
    asked.sort === 'time or length' &&
    best?.family !== next?.family &&
    best?.named === next?.named &&
    best?.hinted === next?.hinted;
  if (best === undefined || isEither) return [];
  const value = Math[asked.wanted === 'most' ? 'max' : 'min'](...best.values.values());
  return [...best.values].filter(([, each]) => each === value).map(([row]) => row);
}

/** How near the question comes to a column; null: it asks about another. */
function nearTo(
  column: TableColumn,
  rows: readonly TableRow[],
  { kind, sort, ...asked }: AskedOfTable,
): { readonly named: number; readonly hinted: number } | null {
  const named = nearness(column, asked.column, rows);
  const hinted = nearness(column, asked.hints, rows);
  const ofKind = nearness(column, kind);
  const mostHinted = Math.max(named.most, hinted.most, ofKind.most);
  const least = kind.length > 0 && asked.isColumnAsked ? NAMES : NAMES_SURELY;
  const isNamed = named.most >= least || ofKind.most >= NAMES_SURELY;
  const isOpen = sort !== 'any' && asked.column.length === 0;
  const isSurely = kind.length > 0 || sort === 'money' || mostHinted >= NAMES_SURELY;
  return (isNamed || isOpen) && isSurely ? { named: named.all, hinted: hinted.all + ofKind.all } : null;
}

/** Values of a column that can be compared. */
export interface ColumnValues {
  readonly family: string;
  readonly values: ReadonlyMap<TableRow, number>;
}

/** The value that each row has in a column; null: too few have one. */
export function columnValues(
  rows: readonly TableRow[],
  { name }: TableColumn,
  { wanted, sort }: AskedOfTable,
): ColumnValues | null {
  const pick = Math[wanted === 'most' ? 'max' : 'min'];
  const found = rows.map((row) => {
    const cell = row.cells.get(name) ?? '';
    return { row, cell, values: cellValues(cell, { name, sort }) };
  });
  const families = found.flatMap(({ values }) => values.map((each) => each.family));
  const family = mostCommon(families.filter((each) => each !== UNBOUNDED));
  const values = new Map<TableRow, number>();
  for (const { row, cell, values: all } of found) {
    const own = all.filter((each) => each.family === family || each.family === UNBOUNDED).map(({ value }) => value);
    // Pounds among euros: which is more, the table does not tell.
    if (own.length === 0 && all.length > 0) return null;
    if (own.length > 0) values.set(row, pick(...own));
    else if (saysFree(cell)) values.set(row, 0);
  }
  return family === null || values.size < COMPARABLE * rows.length ? null : { family, values };
}

function mostCommon(words: readonly string[]): string | null {
  const [most] = [...Map.groupBy(words, (word) => word)].toSorted((one, other) => other[1].length - one[1].length);
  return most?.[0] ?? null;
}
