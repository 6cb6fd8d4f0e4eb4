import { likeness } from '../extractive/word-likeness.ts';
import type { AskedOfTable } from './asked-of-table.ts';
import { saysNone } from './cell-value.ts';
import { NAMES, NAMES_SURELY } from './name-column.ts';
import type { TableColumn, TableRow, WholeTable } from './table-around.ts';

/** The rows that a question speaks of. */
export interface RowsAsked {
  readonly rows: readonly TableRow[];
  /** Columns by which it says which: they are not what it compares. */
  readonly conditions: readonly TableColumn[];
}

/** Says nothing of the sort of a thing. */
const ANYTHING = /^(?:thing|item|on|one|option|choic)$/;

/** A column of names: whatever the question calls those who bear them. */
const OF_NAMES = /^(?:name|person|who|employee|colleague)$/i;

/** Share of a column's cells that say yes or no, from which on it tells whether a row has something. */
const YES_OR_NO = 0.7;
const YES = /^(?:yes|included|available|free)(?!\p{L})/iu;

/**
 * The rows that a question speaks of: of the sort of thing it asks for, and with what it says of them.
 * @returns null: the table is about something else, or does not know a word that says which rows are meant
 */
export function rowsAsked(table: WholeTable, asked: AskedOfTable): RowsAsked | null {
  const about = rowsOfKind(table, asked.kind);
  if (about === null || about.told.some((term) => !isKnown(table, term))) return null;
  // `The longest thing on the lorry`: of what, only the other words say.
  const isAnything = asked.kind.some((term) => ANYTHING.test(term) && !table.key.terms.has(term));
  if (isAnything && asked.others.length > 0 && !asked.others.some((term) => isKnown(table, term))) return null;
  const having = [...about.told, ...asked.others.filter((term) => !asked.column.includes(term))];
  return withConditions(table, about.rows, { ...asked, having });
}

/** Rows of a sort of thing, and the words that say which of its sort. */
interface OfKind {
  readonly rows: readonly TableRow[];
  readonly told: readonly string[];
}

/** The column, what stands above the table or several rows name the sort; words behind its name are a verb's. */
function rowsOfKind({ key, columns, rows, above }: WholeTable, kind: readonly string[]): OfKind | null {
  if (kind.length === 0 || OF_NAMES.test(key.name)) return { rows, told: [] };
  const isNamed = (term: string): boolean => likeness(term, key.terms) >= NAMES || ANYTHING.test(term);
  for (const names of [isNamed, (term: string) => likeness(term, above) >= NAMES]) {
    const at = kind.findLastIndex(names);
    if (at !== -1) return { rows, told: kind.slice(0, at).filter((term) => !key.terms.has(term)) };
  }
  const at = kind.findLastIndex((term) => rows.filter((row) => row.key.has(term)).length > 1);
  const name = kind[at];
  if (name !== undefined) return { rows: rows.filter((row) => row.key.has(name)), told: kind.slice(0, at) };
  // `The highest deposit`: what is compared is named in the place of the sort.
  const isColumn = columns.some(({ terms }) => kind.some((term) => likeness(term, terms) >= NAMES_SURELY));
  return isColumn ? { rows, told: [] } : null;
}

function isKnown({ key, columns, rows, above }: WholeTable, term: string): boolean {
  const isAbove = [above, key.terms, ...columns.map(({ terms }) => terms)].some((terms) => terms.has(term));
  return isAbove || rows.some((row) => row.terms.has(term));
}

/** The rows that name the most of the words, by their first cell those of the situation; that have what is told by yes and no, and lack what they must. */
function withConditions(
  { columns, rows: all }: WholeTable,
  rows: readonly TableRow[],
  asked: Pick<AskedOfTable, 'lacking' | 'situation'> & { readonly having: readonly string[] },
): RowsAsked {
  const names = (words: readonly string[], { terms }: TableColumn): boolean => words.some((word) => terms.has(word));
  const having = columns.filter((column) => names(asked.having, column) && tellsWhether(all, column));
  const lacking = columns.filter((column) => names(asked.lacking, column));
  const cell = ({ cells }: TableRow, { name }: TableColumn): string => cells.get(name) ?? '';
  const able = rows.filter(
    (row) => having.every((each) => YES.test(cell(row, each))) && lacking.every((each) => saysNone(cell(row, each))),
  );
  const free = asked.having.filter((term) => !columns.some(({ terms }) => terms.has(term)));
  const count = ({ terms, key }: TableRow): number =>
    free.filter((term) => terms.has(term)).length + asked.situation.filter((term) => key.has(term)).length;
  const most = Math.max(0, ...able.map(count));
  return { rows: able.filter((row) => count(row) === most), conditions: [...having, ...lacking] };
}

function tellsWhether(rows: readonly TableRow[], { name }: TableColumn): boolean {
  const cells = rows.flatMap((row) => row.cells.get(name) ?? []);
  const saying = cells.filter((cell) => YES.test(cell) || saysNone(cell)).length;
  return saying >= YES_OR_NO * rows.length && cells.some((cell) => YES.test(cell));
}
