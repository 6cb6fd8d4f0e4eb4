import type { AskedOfTable } from './asked-of-table.ts';
import { rowsAsked } from './rows-asked.ts';
import { rowsWithMost } from './rows-with-most.ts';
import { rowsWithout } from './rows-without.ts';
import type { TableRow, WholeTable } from './table-around.ts';

/** Rows that a table must have for one of them to stand out. */
const FEWEST = 3;

/** So many rows at most are said; more are a list that nobody wants read out. */
const MOST_SAID = 5;

/**
 * The rows of a table that a question asks for.
 * @returns null: the table is about something else, or does not tell it of enough of its rows
 */
export function chooseRows(table: WholeTable, asked: AskedOfTable): readonly TableRow[] | null {
  const meant = asked.isClear && table.rows.length >= FEWEST ? rowsAsked(table, asked) : null;
  if (meant === null) return null;
  const isLack = asked.wanted === 'none' || asked.wanted === 'free';
  const compared = table.columns.filter((column) => !meant.conditions.includes(column));
  const chosen = isLack ? rowsWithout(table, meant.rows, asked) : rowsWithMost(compared, meant.rows, asked);
  return chosen.length === 0 || chosen.length > MOST_SAID ? null : chosen;
}
