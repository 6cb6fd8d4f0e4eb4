import { analyse } from '../../retrieval/index.ts';
import { likeness } from '../extractive/word-likeness.ts';
import type { AskedOfTable } from './asked-of-table.ts';
import { cellValues, saysFree, saysNone, UNBOUNDED } from './cell-value.ts';
import { NAMES, rowsAsked } from './rows-asked.ts';
import type { TableColumn, TableRow, WholeTable } from './table-around.ts';

/** Rows that a table must have for one of them to stand out. */
const FEWEST = 3;

/** So many rows at most are said; more are a list that nobody wants read out. */
const MOST_SAID = 3;

/** Share of the rows that must have a value to be compared: what is not compared may be the one. */
const COMPARABLE = 0.7;

/** Where the question does not say what sort of thing a row is, its column must be named nearly by its name. */
const NAMES_SURELY = 0.9;

/** How many there are room for. */
const PEOPLE = /^(?:peopl|person|guest|player|visitor|particip|passeng|pupil)$/;
const ROOM_FOR = /\b(?:takes|holds|seats|places|capacity|players|persons|people|guests|pupils|participants)\b/i;

/**
 * The rows of a table that a question asks for.
 * @returns null: the table is about something else, or does not tell it of enough of its rows
 */
export function chooseRows(table: WholeTable, asked: AskedOfTable): readonly TableRow[] | null {
  const rows = table.rows.length < FEWEST ? null : rowsAsked(table, asked);
  if (rows === null) return null;
  const isLack = asked.wanted === 'none' || asked.wanted === 'free';
  const chosen = isLack ? rowsWithout(table, rows, asked) : rowsWithMost(table, rows, asked);
  return chosen.length === 0 || chosen.length > MOST_SAID ? null : chosen;
}

/** The rows that have none of what is asked about, by the column that is named best and of which not all rows have none. */
function rowsWithout(table: WholeTable, rows: readonly TableRow[], asked: AskedOfTable): readonly TableRow[] {
  const telling = table.columns.filter((column) => {
    const { length } = lackingIn(table.rows, column, asked);
    return length > 0 && length < table.rows.length;
  });
  const column = namedBest(telling, asked) ?? (asked.wanted === 'free' ? sumsAmong(table, telling, asked) : undefined);
  return column === undefined ? [] : lackingIn(rows, column, asked);
}

/** What a word before the `no` is worth beside one behind it. */
const HINTED = 0.95;

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

/** The first column of sums. */
function sumsAmong(
  { rows }: WholeTable,
  columns: readonly TableColumn[],
  asked: AskedOfTable,
): TableColumn | undefined {
  return asked.kind.length === 0 ? undefined : columns.find((column) => valuesOf(rows, column, asked) !== null);
}

function lackingIn(rows: readonly TableRow[], { name }: TableColumn, { wanted }: AskedOfTable): TableRow[] {
  const say = (says: (cell: string) => boolean): TableRow[] => rows.filter(({ cells }) => says(cells.get(name) ?? ''));
  const none = wanted === 'free' ? [] : say(saysNone);
  return none.length > 0 ? none : say(saysFree);
}

/** The rows with the most or the least in the column that is asked about. */
function rowsWithMost({ columns }: WholeTable, rows: readonly TableRow[], asked: AskedOfTable): readonly TableRow[] {
  const least = asked.column.length === 0 ? 0 : asked.kind.length === 0 ? NAMES_SURELY : NAMES;
  const likely = columns.flatMap((column) => {
    const values = valuesOf(rows, column, asked);
    const named = nearness(column, asked.column, rows);
    const [hinted, ofKind] = [nearness(column, asked.hints, rows), nearness(column, asked.kind)];
    const isNamed =
      asked.kind.length > 0 || asked.sort === 'money' || Math.max(named.most, hinted.most) >= NAMES_SURELY;
    if (values === null || named.most < least || !isNamed) return [];
    return [{ values, named: named.all, hinted: hinted.all + ofKind.all }];
  });
  likely.sort((one, other) => other.named - one.named || other.hinted - one.hinted);
  const [best] = likely;
  if (best === undefined) return [];
  const value = Math[asked.wanted === 'most' ? 'max' : 'min'](...best.values.values());
  return [...best.values].filter(([, each]) => each === value).map(([row]) => row);
}

/** How near some words come to a column. */
interface Nearness {
  /** Of the nearest word: 0…1. */
  readonly most: number;
  /** Sum over all words that mean it. */
  readonly all: number;
}

/** How near words come to a column's name, or how many of some rows' cells have them. */
function nearness({ name, terms }: TableColumn, words: readonly string[], rows: readonly TableRow[] = []): Nearness {
  const near = words.map((word) => {
    if (PEOPLE.test(word) && ROOM_FOR.test(name)) return 1;
    const said = rows.filter(({ cells }) => analyse(cells.get(name) ?? '').includes(word)).length;
    return Math.max(likeness(word, terms), said >= COMPARABLE * rows.length && rows.length > 0 ? 1 : 0);
  });
  const meant = near.filter((each) => each >= NAMES);
  return { most: Math.max(0, ...near), all: meant.reduce((sum, each) => sum + each, 0) };
}

/** The value that each row has in a column; null: too few have one. */
function valuesOf(
  rows: readonly TableRow[],
  { name }: TableColumn,
  { wanted, sort }: AskedOfTable,
): Map<TableRow, number> | null {
  const pick = Math[wanted === 'most' ? 'max' : 'min'];
  const found = rows.map((row) => ({
    row,
    cell: row.cells.get(name) ?? '',
    values: cellValues(row.cells.get(name) ?? '', sort),
  }));
  const families = found.flatMap(({ values }) => values.map((each) => each.family));
  const family = mostCommon(families.filter((each) => each !== UNBOUNDED));
  const values = new Map<TableRow, number>();
  for (const { row, cell, values: all } of found) {
    const own = all.filter((each) => each.family === family || each.family === UNBOUNDED).map(({ value }) => value);
    if (own.length > 0) values.set(row, pick(...own));
    else if (saysFree(cell)) values.set(row, 0);
  }
  return family === null || values.size < COMPARABLE * rows.length ? null : values;
}

function mostCommon(words: readonly string[]): string | null {
  const [most] = [...Map.groupBy(words, (word) => word)].toSorted((one, other) => other[1].length - one[1].length);
  return most?.[0] ?? null;
}
