import { cellsOf } from '../../ingest/index.ts';

/** A table's row as it is told: `Column: cell; Column: cell`, without empty cells. @param columns the row of column names */
export function tellRow(row: string, columns: string): string {
  const names = cellsOf(columns);
  const cells = cellsOf(row).map((cell, i) => [names[i] ?? '', cell] as const);
  return cells
    .filter(([, cell]) => cell !== '')
    .map(([name, cell]) => (name === '' ? cell : `${name}: ${cell}`))
    .join('; ');
}
