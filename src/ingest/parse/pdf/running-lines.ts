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
 * a table above all, is read as one. A line that says another figure on each page, a total say, is none: from page to page figures stay the same,
 * or count with the pages.
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

/** A line, the place of its page, and the numbers in it. */
interface OnPage {
  readonly line: Line;
  readonly page: number;
  readonly figures: readonly number[];
}

/** The running lines at one edge, without the one that stays. */
function runningAt(pages: readonly (readonly Line[])[], edge: 'top' | 'bottom'): Set<Line> {
  const groups = new Map<string, OnPage[]>();
  for (const [page, lines] of pages.entries()) {
    for (const line of linesAt(lines, edge)) {
      const text = textOfLine(line);
      if (text.length > LONGEST) continue;
      const figures = Array.from(text.matchAll(/\d+/g), ([digits]) => Number(digits));
      groupAt(groups, text.replace(/\d+/g, '0'), line.y).push({ line, page, figures });
    }
  }
  const written = pages.filter((lines) => lines.length > 0).length;
  const least = Math.max(PAGES, written * OF_PAGES);
  const running = [...groups.values()].filter((group) => group.length >= least && countsOn(group));
  return new Set(
    running.flatMap((group) => (edge === 'top' ? group.slice(1) : group.slice(0, -1)).map(({ line }) => line)),
  );
}

/** The group of lines that say the same at about one height. */
function groupAt(groups: Map<string, OnPage[]>, text: string, y: number): OnPage[] {
  const height = Math.round(y / MOVES);
  const keys = [height, height - 1, height + 1].map((at) => `${at} ${text}`);
  const known = keys.map((key) => groups.get(key)).find((group) => group !== undefined);
  if (known !== undefined) return known;
  const group: OnPage[] = [];
  groups.set(`${height} ${text}`, group);
  return group;
}

/** Pages that a figure may count at once: of a book each second page, of a scan two. */
const STEPS = [0, 1, 2];

/** Share of the steps from page to page in which all figures go on: a chapter ends, and parts of a document count anew. */
const GOES_ON = 0.5;

/** Whether lines are the same but for figures that stay, or count with the pages. */
function countsOn(group: readonly OnPage[]): boolean {
  const steps = group.slice(1).map((own, at) => {
    const before = group[at] as OnPage;
    const pages = own.page - before.page;
    return own.figures.every((figure, i) =>
      STEPS.some((step) => figure - (before.figures[i] ?? Number.NaN) === step * pages),
    );
  });
  return steps.filter(Boolean).length >= steps.length * GOES_ON;
}

function linesAt(lines: readonly Line[], edge: 'top' | 'bottom'): readonly Line[] {
  const upright = lines.filter(({ angle }) => angle === 0).toSorted((one, other) => other.y - one.y);
  // A page of a few lines has no edges.
  if (upright.length < 2 * AT_EDGE) return [];
  return edge === 'top' ? upright.slice(0, AT_EDGE) : upright.slice(-AT_EDGE);
}
