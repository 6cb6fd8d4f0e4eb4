import type { BlockKind } from '../parsed-document.ts';
import type { TableRows } from './find-tables.ts';
import { type Line, textOfLine } from './text-lines.ts';

const BULLET = /^(?:[•◦▪‣●○■–*]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+\S/;
/** How much larger than the body a heading's letters are, at least. */
const HEADING_SIZE = 1.12;
const LONGEST_HEADING = 200;
const HEADING_LINES = 3;
const NUMBERED_HEADING =
  /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|(?:Section|Article|Chapter|Part|Annex|Appendix)\s+[\dA-Z]{1,4}[.:]?)\s+\p{Lu}[^.;]{2,80}$/u;

/** A block of a page, before it is written. `lines` are its lines' texts, to be joined. */
export interface PageBlock {
  readonly kind: BlockKind;
  readonly lines: string[];
  /** Of a table's row instead: per column its lines' texts, to be joined. */
  readonly cells?: readonly (readonly string[])[];
  /** Font height of its first line, in points. */
  readonly height: number;
}

/** What is typical of the whole document. */
export interface Typography {
  /** Font height of most letters, in points. */
  readonly bodyHeight: number;
}

/** Font height of most letters in the document. */
export function typographyOf(pages: readonly (readonly Line[])[]): Typography {
  const letters = new Map<number, number>();
  for (const line of pages.flat()) {
    const height = Math.round(line.height * 2) / 2;
    letters.set(height, (letters.get(height) ?? 0) + line.cells.reduce((sum, cell) => sum + cell.text.length, 0));
  }
  const most = [...letters].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0]);
  return { bodyHeight: most[0] };
}

/** Groups a page's lines into headings, paragraphs, list items and table rows. */
export function groupLines(lines: readonly Line[], { bodyHeight }: Typography, rows: TableRows): PageBlock[] {
  const blocks: PageBlock[] = [];
  const leading = typicalLeading(lines);
  let before: Line | undefined;
  for (const line of lines) {
    const row = rows.get(line);
    const kind = kindOf(line, bodyHeight);
    const open = blocks.at(-1);
    const apart = before === undefined || isApart(before, line, leading);
    if (row !== undefined) {
      if (row !== null) blocks.push({ kind: 'table-row', lines: [], cells: row.cells, height: line.height });
    } else if (open === undefined || !joins(open, kind, { line, before, apart })) {
      blocks.push({ kind, lines: [textOfLine(line)], height: line.height });
    } else open.lines.push(textOfLine(line));
    before = line;
  }
  return blocks.map((block) => ({ ...block, kind: settledKind(block) }));
}

interface Meeting {
  readonly line: Line;
  readonly before: Line | undefined;
  readonly apart: boolean;
}

function joins(open: PageBlock, kind: BlockKind, { line, before, apart }: Meeting): boolean {
  if (apart || before === undefined || open.kind === 'table-row') return false;
  if (Math.abs(before.height - line.height) > Math.max(before.height, line.height) * 0.12) return false;
  if (kind === 'heading' || open.kind === 'heading') return kind === open.kind;
  if (kind === 'list-item') return false;
  if (open.kind === 'list-item') return line.left >= before.left - before.height * 2;
  // A short line that ends a sentence, before an indented one, ended a paragraph.
  const ended = /[.:!?]["'”’)]?$/.test(textOfLine(before)) && before.right < line.right - before.height * 3;
  const indented = line.left > before.left + before.height * 0.8;
  return !(ended && indented);
}

function kindOf(line: Line, bodyHeight: number): BlockKind {
  const text = textOfLine(line);
  const large = line.height >= bodyHeight * HEADING_SIZE && text.length <= LONGEST_HEADING;
  if (large && /\p{L}{2}/u.test(text)) return 'heading';
  return BULLET.test(text) ? 'list-item' : 'paragraph';
}

function isApart(before: Line, line: Line, leading: number): boolean {
  if (before.angle !== line.angle) return true;
  const step = before.y - line.y;
  return step < -line.height * 0.5 || step > Math.max(leading * 1.3, line.height * 1.1);
}

/** Median distance of neighbouring baselines. */
function typicalLeading(lines: readonly Line[]): number {
  const steps = lines
    .slice(1)
    .map((line, index) => (lines[index] as Line).y - line.y)
    .filter((step) => step > 1 && step < 60)
    .toSorted((one, other) => one - other);
  return steps[steps.length >> 1] ?? 14;
}

/** Once a block is whole: large letters over many lines are a quotation, not a heading; one numbered line is a heading. */
function settledKind(block: PageBlock): BlockKind {
  const length = block.lines.reduce((sum, line) => sum + line.length, 0);
  if (block.kind === 'heading') {
    return block.lines.length > HEADING_LINES || length > LONGEST_HEADING ? 'paragraph' : 'heading';
  }
  const alone = block.lines.length === 1 && block.kind !== 'table-row';
  return alone && NUMBERED_HEADING.test(block.lines[0] ?? '') ? 'heading' : block.kind;
}
