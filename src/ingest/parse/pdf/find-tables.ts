import { type GridRow, gridOf } from './table-grid.ts';
import type { Cell, Line } from './text-lines.ts';

/** Neighbouring lines of a table are at most this far apart, in font heights; those that go on with a cell, this. */
const FARTHEST = 4;
const FARTHEST_WITHIN = 1.7;

/** Lines in one row that go on with a cell, at most. */
const WRAPPED = 5;

/** Where a page ends, its next line counts as this far below, in font heights. */
const PAGE_STEP = 2.2;

/** Rows of tables by their first lines; other lines of theirs have null. */
export type TableRows = ReadonlyMap<Line, GridRow | null>;

/**
 * The tables of a document: neighbouring lines with wide gaps whose cells begin or end at the same places, lines that go on with a
 * cell, and the same across the end of a page. A heading row that a page repeats is dropped.
 */
export function findTables(pages: readonly (readonly Line[])[]): TableRows {
  const lines = stacked(pages);
  const rows = new Map<Line, GridRow | null>();
  for (let at = 0; at < lines.length; ) {
    const end = endOfTable(lines, at);
    if (end > at) keepRows(rows, lines.slice(at, end));
    at = Math.max(end, at + 1);
  }
  return rows;
}

/** A line as it stands on its page, and as it stands where all pages are one. */
interface Placed extends Line {
  readonly original: Line;
}

/** All lines, each page below the one before. */
function stacked(pages: readonly (readonly Line[])[]): Placed[] {
  let bottom: number | null = null;
  return pages.flatMap((lines) => {
    const top = lines.reduce((most, { y }) => Math.max(most, y), -Infinity);
    const step = PAGE_STEP * (lines[0]?.height ?? 0);
    const shift: number = bottom === null ? 0 : bottom - step - top;
    const moved = lines.map((line) => ({ ...line, y: line.y + shift, original: line }));
    if (moved.length > 0) bottom = moved.reduce((least, { y }) => Math.min(least, y), Infinity);
    return moved;
  });
}

/** Where the table that begins with a line ends, exclusive; the line's own place: none does. */
function endOfTable(lines: readonly Placed[], begin: number): number {
  let last = begin;
  for (;;) {
    const next = nextRow(lines, last);
    if (next === null) break;
    last = next;
  }
  if (last === begin) return begin;
  let end = last + 1;
  while (end - last <= WRAPPED && isWrapped(lines, { at: end, begin: last })) end++;
  return end;
}

/** Place of the next line with several cells that belongs to the same table as one, over lines that go on with a cell. */
function nextRow(lines: readonly Placed[], from: number): number | null {
  for (let at = from + 1; at <= from + 1 + WRAPPED; at++) {
    const [row, line] = [lines[from], lines[at]];
    if (row === undefined || line === undefined) return null;
    if (isSameTable(row, line)) return at;
    if (!isWrapped(lines, { at, begin: from })) return null;
  }
  return null;
}

/** Whether a line only goes on with cells of the row that begins at a place: near the line above, each cell under one of the row's. */
function isWrapped(lines: readonly Placed[], { at, begin }: { readonly at: number; readonly begin: number }): boolean {
  const [line, above, row] = [lines[at], lines[at - 1], lines[begin]];
  if (line === undefined || above === undefined || row === undefined || line.angle !== row.angle) return false;
  const step = above.y - line.y;
  if (step <= 0 || step > line.height * FARTHEST_WITHIN || Math.abs(line.height - row.height) > row.height * 0.12)
    return false;
  return line.cells.every((cell) => isUnderOne(cell, row, line.height));
}

/** Whether a cell begins or ends where one of the row's does, and reaches under no other. */
function isUnderOne(cell: Cell, { cells }: Line, height: number): boolean {
  const at = cells.findIndex(
    ({ left, right }) => Math.abs(left - cell.left) < height / 2 || Math.abs(right - cell.right) < height / 2,
  );
  const next = cells[at + 1];
  const before = cells[at - 1];
  if (at === -1) return false;
  return (next === undefined || cell.right < next.left) && (before === undefined || cell.left > before.right);
}

/** Two lines with wide gaps whose cells begin or end at the same places. */
function isSameTable(line: Line, other: Line): boolean {
  if (line.cells.length < 2 || other.cells.length < 2 || other.angle !== line.angle) return false;
  if (isBulletGap(line) || isBulletGap(other)) return false;
  if (Math.abs(other.y - line.y) > line.height * FARTHEST) return false;
  const near = (one: number, another: number): boolean => Math.abs(one - another) < line.height;
  const [, ...cells] = line.cells;
  const aligned = cells.filter((cell) =>
    other.cells.slice(1).some((peer) => near(peer.left, cell.left) || near(peer.right, cell.right)),
  );
  return aligned.length >= Math.min(cells.length, other.cells.length - 1) / 2;
}

/** A list marker set far from its text is no table. */
function isBulletGap(line: Line): boolean {
  return line.cells.length === 2 && /^(?:[•◦▪‣●○■–*-]|\(?\w{1,4}[.)])$/.test(line.cells[0]?.text ?? '');
}

function keepRows(rows: Map<Line, GridRow | null>, table: readonly Placed[]): void {
  const originals = new Map<Line, Line>(table.map((line) => [line, line.original]));
  const textOf = ({ cells }: GridRow): string => JSON.stringify(cells);
  let first: string | null = null;
  for (const row of gridOf(table)) {
    const isRepeated = textOf(row) === first;
    first ??= textOf(row);
    row.lines.forEach((line, at) => {
      rows.set(originals.get(line) ?? line, at === 0 && !isRepeated ? row : null);
    });
  }
}
