import { rowOf } from '../table-cells.ts';
import { type HtmlNode, lineOf, walk } from './html-elements.ts';

const FLOW: ReadonlySet<string> = new Set('table h1 h2 h3 h4 h5 h6 pre article section form'.split(' '));
/** A cell longer than this is a column of a page, not a cell. */
const LONGEST_CELL = 1_500;

/** The rows of a data table, cells apart by ` | `; null when the table only lays out a page. */
export function tableRows(table: HtmlNode): string[] | null {
  if (table.getAttribute?.('role') === 'presentation') return null;
  const rows: HtmlNode[] = [];
  let flow = false;
  walk(table, {
    enter(element, name) {
      if (element !== table && FLOW.has(name)) flow = true;
      if (name === 'tr') rows.push(element);
      return !flow;
    },
    leave: () => undefined,
    text: () => undefined,
  });
  if (flow || rows.length === 0) return null;
  const lines = rows.map((row) => cellsOf(row));
  const layout = lines.every((cells) => cells.length < 2) || lines.flat().some((cell) => cell.length > LONGEST_CELL);
  return layout ? null : lines.map(rowOf).filter((line) => /[^\s|]/.test(line));
}

function cellsOf(row: HtmlNode): string[] {
  const cells: string[] = [];
  walk(row, {
    enter(element, name) {
      if (name !== 'td' && name !== 'th') return true;
      cells.push(lineOf(element));
      return false;
    },
    leave: () => undefined,
    text: () => undefined,
  });
  return cells;
}
