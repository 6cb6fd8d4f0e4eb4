import { type Cell, type Line, SAME_LINE } from './text-lines.ts';

/** Lines back in which the row that a cell belongs to is looked for, and lines around it in which its column is. */
const ROW_WITHIN = 8;
const COLUMN_WITHIN = 12;

/**
 * Some programs write a table cell by cell, all lines of one before the next. Puts what is written beside an earlier line into that line, where
 * another line has a cell that begins or ends at the same place: two columns of prose stay apart.
 */
export function restoreRows(lines: readonly Line[]): Line[] {
  const restored: Line[] = [];
  lines.forEach((line, at) => {
    const row = rowBeside(restored, line);
    const around = (): readonly Line[] => [
      ...restored.slice(-COLUMN_WITHIN),
      ...lines.slice(at + 1, at + COLUMN_WITHIN),
    ];
    const own = row === null ? undefined : restored[row];
    if (row === null || own === undefined || !hasColumn(around(), line, own)) restored.push(line);
    else restored[row] = joined(own, line);
  });
  return restored;
}

/** Place of the line that this one is written beside, to its right; null: it stands where it was written. */
function rowBeside(before: readonly Line[], line: Line): number | null {
  const last = before.at(-1);
  if (last === undefined || line.y <= last.y - line.height * SAME_LINE) return null;
  for (let at = before.length - 1; at >= Math.max(0, before.length - ROW_WITHIN); at--) {
    const other = before[at] as Line;
    const isBeside = other.right < line.left && other.angle === line.angle;
    if (isBeside && Math.abs(other.y - line.y) <= line.height * SAME_LINE) return at;
  }
  return null;
}

/** Whether lines with several cells have one below or above this one's first, not counting the row itself. */
function hasColumn(lines: readonly Line[], { left, right, height, angle }: Line, row: Line): boolean {
  const near = (one: number, other: number): boolean => Math.abs(one - other) < height / 2;
  return lines.some(
    (line) =>
      line !== row &&
      line.angle === angle &&
      line.cells.slice(1).some((cell) => near(cell.left, left) || near(cell.right, right)),
  );
}

function joined(one: Line, other: Line): Line {
  const cells: Cell[] = [...one.cells, ...other.cells];
  return { ...one, cells, right: Math.max(one.right, other.right) };
}
