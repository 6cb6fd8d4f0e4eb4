import type { Cell, Line } from './text-lines.ts';

/** Lines that must share a gutter before a page counts as written across its columns. */
const ENOUGH_LINES = 8;
/** Letters a column's line has at least, on average: less is a table. */
const PROSE_LENGTH = 24;

/**
 * Most programs write a page column by column. Some write across: then many lines have one gap at the same place with
 * prose on both sides, and those lines are taken apart, left column first.
 */
export function untangleColumns(lines: readonly Line[]): readonly Line[] {
  const gutter = findGutter(lines);
  if (gutter === null) return lines;
  const result: Line[] = [];
  let right: Line[] = [];
  for (const line of lines) {
    const parts = splitAt(line, gutter);
    if (parts === null) {
      result.push(...right, line);
      right = [];
    } else {
      if (parts.left !== null) result.push(parts.left);
      if (parts.right !== null) right.push(parts.right);
    }
  }
  return [...result, ...right];
}

function findGutter(lines: readonly Line[]): number | null {
  const paired = lines.filter((line) => line.cells.length === 2);
  if (paired.length < ENOUGH_LINES || paired.length < lines.length / 3) return null;
  const gaps = paired.map(({ cells }) => [(cells[0] as Cell).right, (cells[1] as Cell).left] as const);
  const starts = gaps.map(([, start]) => start).toSorted((one, other) => one - other);
  const gutter = (starts[starts.length >> 1] ?? 0) - 1;
  const sharing = paired.filter((_, index) => {
    const gap = gaps[index];
    return gap !== undefined && gap[0] <= gutter && gap[1] >= gutter;
  });
  const letters = (side: 0 | 1): number =>
    sharing.reduce((sum, line) => sum + (line.cells[side]?.text.length ?? 0), 0) / Math.max(1, sharing.length);
  const prose = letters(0) >= PROSE_LENGTH && letters(1) >= PROSE_LENGTH;
  return sharing.length >= ENOUGH_LINES && sharing.length >= paired.length * 0.8 && prose ? gutter : null;
}

function splitAt(line: Line, gutter: number): { left: Line | null; right: Line | null } | null {
  if (line.cells.some((cell) => cell.left < gutter && cell.right > gutter + 1)) return null;
  const part = (cells: readonly Cell[]): Line | null => {
    const first = cells[0];
    const last = cells.at(-1);
    return first === undefined || last === undefined ? null : { ...line, cells, left: first.left, right: last.right };
  };
  return {
    left: part(line.cells.filter((cell) => cell.right <= gutter + 1)),
    right: part(line.cells.filter((cell) => cell.left >= gutter)),
  };
}
