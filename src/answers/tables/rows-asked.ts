import { likeness } from '../extractive/word-likeness.ts';
import type { AskedOfTable } from './asked-of-table.ts';
import { saysNone } from './cell-value.ts';
import type { TableColumn, TableRow, WholeTable } from './table-around.ts';

/** A word this near a column's name means it. */
export const NAMES = 0.6;

/** Says nothing of the sort of a thing. */
const ANYTHING = /^(?:thing|item|on|one|option|choic)$/;

/** Share of a column's cells that say yes or no, from which on it tells whether a row has something. */
const YES_OR_NO = 0.7;
const YES = /^(?:yes|included|available)(?!\p{L})/iu;

/**
 * The rows that a question speaks of: of the sort of thing it asks for, and with what it says of them.
 * @returns null: the table is about something else, or does not know a word that says which rows are meant
 */
export function rowsAsked(table: WholeTable, asked: AskedOfTable): readonly TableRow[] | null {
  const about = rowsOfKind(table, asked.kind);
  if (about === null) return null;
  const conditions = [...about.told, ...asked.others.filter((term) => !asked.column.includes(term))];
  const unknown = about.told.filter((term) => !isKnown(table, term));
  return unknown.length > 0
    ? null
    : withConditions(table, { rows: about.rows, conditions, situation: asked.situation });
}

/** Rows of a sort of thing, and the words that say which of its sort. */
interface OfKind {
  readonly rows: readonly TableRow[];
  readonly told: readonly string[];
}

/** The column, what stands above the table or several rows name the sort; words behind its name are a verb's. */
function rowsOfKind({ key, rows, above }: WholeTable, kind: readonly string[]): OfKind | null {
  if (kind.length === 0) return { rows, told: [] };
  const isNamed = (term: string): boolean => likeness(term, key.terms) >= NAMES || ANYTHING.test(term);
  for (const names of [isNamed, (term: string) => likeness(term, above) >= NAMES]) {
    const at = kind.findLastIndex(names);
    if (at !== -1) return { rows, told: kind.slice(0, at).filter((term) => !key.terms.has(term)) };
  }
  const at = kind.findLastIndex((term) => rows.filter((row) => row.key.has(term)).length > 1);
  const name = kind[at];
  return name === undefined ? null : { rows: rows.filter((row) => row.key.has(name)), told: kind.slice(0, at) };
}

function isKnown({ key, columns, rows, above }: WholeTable, term: string): boolean {
  return (
    above.has(term) || [key, ...columns].some(({ terms }) => terms.has(term)) || rows.some((row) => row.terms.has(term))
  );
}

/** The rows that name the most of the words, by their first cell those of the situation, and that have what is told by yes and no. */
function withConditions(
  { columns, rows: all }: WholeTable,
  given: {
    readonly rows: readonly TableRow[];
    readonly conditions: readonly string[];
    readonly situation: readonly string[];
  },
): readonly TableRow[] {
  const { rows, conditions, situation } = given;
  const having = columns.filter(
    (column) => tellsWhether(all, column) && conditions.some((term) => column.terms.has(term)),
  );
  const able = rows.filter(({ cells }) => having.every(({ name }) => !saysNone(cells.get(name) ?? 'no')));
  const names = conditions.filter((term) => !columns.some(({ terms }) => terms.has(term)));
  const counted = able.map((row) => ({
    row,
    count: names.filter((term) => row.terms.has(term)).length + situation.filter((term) => row.key.has(term)).length,
  }));
  const most = Math.max(0, ...counted.map(({ count }) => count));
  return counted.filter(({ count }) => count === most).map(({ row }) => row);
}

function tellsWhether(rows: readonly TableRow[], { name }: TableColumn): boolean {
  const cells = rows.flatMap((row) => row.cells.get(name) ?? []);
  return (
    cells.filter((cell) => YES.test(cell) || saysNone(cell)).length >= YES_OR_NO * rows.length &&
    cells.some((cell) => YES.test(cell))
  );
}
