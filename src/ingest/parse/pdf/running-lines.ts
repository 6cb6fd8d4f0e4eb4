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
 * a table above all, is read as one. Figures count as the same figure.
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

/** A line at one height, with the lines of other pages that say the same there. */
interface Seen {
  readonly y: number;
  readonly lines: Line[];
}

/** The running lines at one edge, without the one that stays. */
function runningAt(pages: readonly (readonly Line[])[], edge: 'top' | 'bottom'): Set<Line> {
  const seen = new Map<string, Seen[]>();
  for (const lines of pages) {
    for (const line of linesAt(lines, edge)) {
      const text = textOfLine(line).replace(/\d+/g, '0');
      if (text.length > LONGEST) continue;
      const same = seen.get(text) ?? [];
      const known = same.find(({ y }) => Math.abs(y - line.y) <= MOVES);
      if (known === undefined) seen.set(text, [...same, { y: line.y, lines: [line] }]);
      else known.lines.push(line);
    }
  }
  const written = pages.filter((lines) => lines.length > 0).length;
  const running = [...seen.values()].flat().filter(({ lines }) => lines.length >= Math.max(PAGES, written * OF_PAGES));
  return new Set(running.flatMap(({ lines }) => (edge === 'top' ? lines.slice(1) : lines.slice(0, -1))));
}

function linesAt(lines: readonly Line[], edge: 'top' | 'bottom'): readonly Line[] {
  const upright = lines.filter(({ angle }) => angle === 0).toSorted((one, other) => other.y - one.y);
  // A page of a few lines has no edges.
  if (upright.length < 2 * AT_EDGE) return [];
  return edge === 'top' ? upright.slice(0, AT_EDGE) : upright.slice(-AT_EDGE);
}
