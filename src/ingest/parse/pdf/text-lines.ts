import type { TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';

/** Gap between two runs, in font heights, above which there is a space. */
const WORD_GAP = 0.18;
/** Gap above which they are cells of a row, or columns. */
const CELL_GAP = 1.6;
/** Baselines nearer than this, in font heights, are one line. */
export const SAME_LINE = 0.4;

/** A stretch of a line without a wide gap. Coordinates are in points, along the writing direction. */
export interface Cell {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** A line of a page. */
export interface Line {
  readonly cells: readonly Cell[];
  /** Baseline; larger is higher on the page. */
  readonly y: number;
  readonly left: number;
  readonly right: number;
  /** Font height in points: that of most characters. */
  readonly height: number;
  /** Quarter turns and the like keep their own coordinates; lines of different angles never mix. */
  readonly angle: number;
}

interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
  readonly rightToLeft: boolean;
}

/** The lines of a page in the order they were written, which nearly always is the order they are read. */
export function assembleLines(items: readonly TextItem[]): Line[] {
  const lines: Line[] = [];
  let open: Run[] = [];
  for (const item of items) {
    if (item.str === '') continue;
    const run = runOf(item);
    const last = open.at(-1);
    if (last !== undefined && !continues(open, last, run)) {
      pushLine(lines, open);
      open = [];
    }
    if (open.length > 0 || run.text.trim() !== '') open.push(run);
  }
  pushLine(lines, open);
  return lines;
}

function runOf(item: TextItem): Run {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform as number[];
  const angle = Math.round((Math.atan2(b, a) * 180) / Math.PI);
  const turn = (-angle * Math.PI) / 180;
  return {
    text: item.str,
    x: e * Math.cos(turn) - f * Math.sin(turn),
    y: e * Math.sin(turn) + f * Math.cos(turn),
    width: Math.abs(item.width),
    height: Math.hypot(c, d) || item.height || 1,
    angle,
    rightToLeft: item.dir === 'rtl',
  };
}

function continues(open: readonly Run[], last: Run, run: Run): boolean {
  if (run.angle !== last.angle) return false;
  const [first = last] = open;
  const near = (other: Run): boolean => Math.abs(run.y - other.y) <= sameLineWithin(other.height, run.height);
  if (!near(last) && !near(first)) return false;
  if (run.text.trim() === '') return true;
  // A step back to the left begins another line, unless the script runs that way or it is a small overlap.
  return run.rightToLeft || run.x >= last.x - Math.max(last.height, run.height) * 0.5;
}

/** Superscripts stand off their line by a part of its height; letters more than twice as large are another line. */
function sameLineWithin(one: number, other: number): number {
  const larger = Math.max(one, other);
  const smaller = Math.min(one, other);
  return SAME_LINE * (larger > smaller * 2 ? smaller : larger);
}

function pushLine(lines: Line[], runs: readonly Run[]): void {
  const solid = runs.filter((run) => run.text.trim() !== '');
  const [first] = solid;
  if (first === undefined) return;
  const height = commonHeight(solid);
  lines.push({
    cells: cellsOf(runs, height),
    y: first.y,
    left: Math.min(...solid.map((run) => run.x)),
    right: Math.max(...solid.map((run) => run.x + run.width)),
    height,
    angle: first.angle,
  });
}

function commonHeight(runs: readonly Run[]): number {
  const letters = new Map<number, number>();
  for (const run of runs) {
    const height = Math.round(run.height * 10) / 10;
    letters.set(height, (letters.get(height) ?? 0) + run.text.length);
  }
  return [...letters].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function cellsOf(runs: readonly Run[], height: number): Cell[] {
  const cells: { text: string; left: number; right: number }[] = [];
  let space = false;
  for (const run of runs) {
    if (run.text.trim() === '') {
      space = true;
      continue;
    }
    const cell = cells.at(-1);
    const gap = cell === undefined ? 0 : gapBetween(cell, run);
    if (cell === undefined || gap > height * CELL_GAP)
      cells.push({ text: run.text, left: run.x, right: run.x + run.width });
    else {
      const joined = /\s$/.test(cell.text) || /^\s/.test(run.text);
      cell.text += !joined && (space || gap > height * WORD_GAP) ? ` ${run.text}` : run.text;
      cell.left = Math.min(cell.left, run.x);
      cell.right = Math.max(cell.right, run.x + run.width);
    }
    space = false;
  }
  return cells.map(({ text, left, right }) => ({ text: text.replace(/\s+/g, ' ').trim(), left, right }));
}

function gapBetween(cell: { left: number; right: number }, run: Run): number {
  return run.x >= cell.right ? run.x - cell.right : cell.left - (run.x + run.width);
}

/** The text of a line, its cells apart by the separator. */
export function textOfLine(line: Line, separator = ' '): string {
  return line.cells.map((cell) => cell.text).join(separator);
}
