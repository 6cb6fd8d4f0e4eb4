import type { Cell, Line } from './text-lines.ts';

/** Where a column begins and ends, in points. */
interface Column {
  readonly left: number;
  readonly right: number;
}

/** A line of a table with its cells in their columns. */
interface GridLine {
  readonly line: Line;
  /** Per column; '': nothing. */
  readonly cells: readonly string[];
}

/** A row of a table. */
export interface GridRow {
  /** Its lines, topmost first. */
  readonly lines: readonly Line[];
  /** Per column the texts of its lines, to be joined; []: an empty cell. */
  readonly cells: readonly (readonly string[])[];
}

/** A table's lines as rows of equally many cells. @param lines topmost first */
export function gridOf(lines: readonly Line[]): GridRow[] {
  const columns = columnsOf(lines);
  const placed = lines.map((line) => ({ line, cells: inColumns(line, columns) }));
  const steps = placed.map((each, at) => stepBefore(placed[at - 1], each));
  const tight = tightStep(placed, steps);
  const rows: GridLine[][] = [];
  placed.forEach((each, at) => {
    const row = rows.at(-1);
    const goesOn = tight === null ? continues(row?.at(-1), each) : (steps[at] ?? Infinity) <= tight;
    if (row !== undefined && goesOn) row.push(each);
    else rows.push([each]);
  });
  return rows.map((row) => ({
    lines: row.map(({ line }) => line),
    cells: columns.map((_, at) => row.flatMap(({ cells }) => (cells[at] === '' ? [] : [cells[at] ?? '']))),
  }));
}

/** Columns from the lines with most cells: cells that come at the same place in them are one. */
function columnsOf(lines: readonly Line[]): Column[] {
  const counts = lines.map(({ cells }) => cells.length).toSorted((one, other) => other - one);
  const most = counts.find((count, at) => count === counts[at + 1]) ?? counts[0] ?? 0;
  const full = lines.filter(({ cells }) => cells.length === most);
  return Array.from({ length: most }, (_, at) =>
    full.reduce(
      ({ left, right }, { cells }) => ({
        left: Math.min(left, cells[at]?.left ?? Infinity),
        right: Math.max(right, cells[at]?.right ?? -Infinity),
      }),
      { left: Infinity, right: -Infinity },
    ),
  );
}

function inColumns({ cells }: Line, columns: readonly Column[]): string[] {
  const found = columns.map(() => '');
  if (cells.length === columns.length) return cells.map(({ text }) => text);
  let from = 0;
  for (const cell of cells) {
    from = columnOf(cell, columns, from);
    found[from] = [found[from] ?? '', cell.text].filter((text) => text !== '').join(' ');
  }
  return found;
}

/** The column that a cell shares most of its width with, else the nearest; from one on. */
function columnOf(cell: Cell, columns: readonly Column[], from: number): number {
  const shared = ({ left, right }: Column): number => Math.min(cell.right, right) - Math.max(cell.left, left);
  let best = from;
  for (let at = from; at < columns.length; at++)
    if (shared(columns[at] as Column) > shared(columns[best] as Column)) best = at;
  return best;
}

function stepBefore(before: GridLine | undefined, { line }: GridLine): number {
  return before === undefined ? Infinity : before.line.y - line.y;
}

/** How much longer a step to the next row is than one within a row, at least. */
const LONGER = 1.12;

/**
 * The longest step between lines of one row, where steps to the next row are clearly longer and no line that follows a short one fills
 * more cells than the line above; null: steps do not tell rows apart.
 */
function tightStep(lines: readonly GridLine[], steps: readonly number[]): number | null {
  const sorted = steps.filter(Number.isFinite).toSorted((one, other) => one - other);
  const shortest = sorted[0] ?? 0;
  const tight = shortest * LONGER;
  if (!sorted.some((step) => step > tight)) return null;
  const isWhole = lines.some((each, at) => (steps[at] ?? Infinity) <= tight && filled(each) >= filled(lines[at - 1]));
  return isWhole ? null : tight;
}

function filled(line: GridLine | undefined): number {
  return line?.cells.filter((cell) => cell !== '').length ?? 0;
}

/** Whether a line goes on with the row above: it leaves the first column empty, and is one cell or begins in small letters. */
function continues(before: GridLine | undefined, line: GridLine): boolean {
  if (before === undefined || line.cells[0] !== '') return false;
  const own = line.cells.filter((cell) => cell !== '');
  return own.length === 1 || own.every((cell) => /^\p{Ll}/u.test(cell));
}
