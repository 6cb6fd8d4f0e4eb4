/** What stands between two cells of a row in a canonical text. */
const BETWEEN = ' | ';

/** A table's row as a line of a canonical text. @param cells from the first column on; '': an empty one */
export function rowOf(cells: readonly string[]): string {
  return cells.join(BETWEEN);
}

/** Whether a line of a canonical text is a table's row. */
export function isRow(line: string): boolean {
  return line.includes(BETWEEN) || line.startsWith('| ') || line.endsWith(' |');
}

/** The cells of a row in a canonical text, in the order of the columns; '': an empty one. White space around the row does not matter. */
export function cellsOf(row: string): string[] {
  const line = row.trim();
  const before = line.startsWith('| ') ? ' ' : '';
  const after = line.endsWith(' |') ? ' ' : '';
  return `${before}${line}${after}`.split(BETWEEN).map((cell) => cell.trim());
}
