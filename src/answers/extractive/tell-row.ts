import { cellsOf } from '../../ingest/index.ts';

/** A table's row as it is told: `Column: cell; Column: cell`, without empty cells. @param columns the row of column names */
export function tellRow(row: string, columns: string): string {
  return namedCells(row, columns)
    .map(([name, cell]) => (name === '' ? cell : `${name}: ${cell}`))
    .join('; ');
}

/** A row's cells that are not empty, each with its column's name. @param columns the row of column names */
export function namedCells(row: string, columns: string): (readonly [name: string, cell: string])[] {
  const names = cellsOf(columns);
  return cellsOf(row).flatMap((cell, i) => (cell === '' ? [] : [[names[i] ?? '', cell] as const]));
}
