import { type Line, textOfLine } from './text-lines.ts';

/** Lines from the top and from the bottom of a page that may be running ones. */
const AT_EDGE = 2;
const LONGEST = 160;

/** Points by which the same line may move from page to page. */
const MOVES = 3;

/** Share of the pages that have it, at least; and pages. */
const OF_PAGES = 0.5;
const PAGES = 2;

/** Share of a document's letters that running lines are at most: what is more is what the document says. */
const OF_LETTERS = 0.05;

/**
 * Pages without the headers, footers and page numbers that run through them: the first header stays, and the last footer. What they interrupt,
 * a table above all, is read as one. A line that says another figure on each page, a total say, is none: its figures stay the same, or count with
 * the pages.
 */
export function withoutRunning(pages: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const running = new Set([...runningAt(pages, 'top'), ...runningAt(pages, 'bottom')]);
  if (lettersOf(running) > OF_LETTERS * lettersOf(pages.flat())) return pages;
  return pages.map((lines) => lines.filter((line) => !running.has(line)));
}

function lettersOf(lines: Iterable<Line>): number {
  let letters = 0;
  for (const line of lines) letters += textOfLine(line).length;
  return letters;
}

/** A line and the place of its page. */
interface OnPage {
  readonly line: Line;
  readonly page: number;
}

/** A line at one height, with the lines of other pages that say the same there. */
interface Seen extends OnPage {
  readonly lines: Line[];
}

/** The running lines at one edge, without the one that stays. */
function runningAt(pages: readonly (readonly Line[])[], edge: 'top' | 'bottom'): Set<Line> {
  const seen = new Map<string, Seen[]>();
  const at = pages.flatMap((lines, page) => linesAt(lines, edge).map((line) => ({ line, page })));
  for (const own of at) {
    const text = textOfLine(own.line).replace(/\d+/g, '0');
    if (text.length > LONGEST) continue;
    const same = seen.get(text) ?? [];
    const known = same.find((other) => isSame(other, own));
    if (known === undefined) seen.set(text, [...same, { ...own, lines: [own.line] }]);
    else known.lines.push(own.line);
  }
  const written = pages.filter((lines) => lines.length > 0).length;
  const running = [...seen.values()].flat().filter(({ lines }) => lines.length >= Math.max(PAGES, written * OF_PAGES));
  return new Set(running.flatMap(({ lines }) => (edge === 'top' ? lines.slice(1) : lines.slice(0, -1))));
}

/** Whether two lines of the same words stand at one height, each figure the same in both or as far apart as their pages are. */
function isSame(one: OnPage, other: OnPage): boolean {
  if (Math.abs(one.line.y - other.line.y) > MOVES) return false;
  const figures = figuresOf(one.line);
  return figuresOf(other.line).every((figure, at) => {
    const step = figure - (figures[at] ?? Number.NaN);
    return step === 0 || step === other.page - one.page;
  });
}

function figuresOf(line: Line): number[] {
  return [...textOfLine(line).matchAll(/\d+/g)].map(([digits]) => Number(digits));
}

function linesAt(lines: readonly Line[], edge: 'top' | 'bottom'): readonly Line[] {
  const upright = lines.filter(({ angle }) => angle === 0).toSorted((one, other) => other.y - one.y);
  // A page of a few lines has no edges.
  if (upright.length < 2 * AT_EDGE) return [];
  return edge === 'top' ? upright.slice(0, AT_EDGE) : upright.slice(-AT_EDGE);
}
