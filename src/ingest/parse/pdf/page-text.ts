import type { PDFPageProxy, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { Box, PagePort } from './page-port.ts';

/** The runs of text of a page, in the order they are written. */
export interface PageText {
  /** Inside the visible box (CropBox within MediaBox). */
  readonly visible: readonly TextItem[];
  /** Written outside it: printer's marks, the other half of a spread, or what somebody wanted no reader to see. */
  readonly outside: readonly TextItem[];
}

/**
 * Reads the text of the page that was opened last, also what lies outside its visible box. A page without any such
 * text, which is nearly every page, is read once; else the visible text is read again by itself, glyph by glyph exact.
 */
export async function readPageText(page: PDFPageProxy, port: PagePort): Promise<PageText> {
  const box = page.view as unknown as Box;
  const everything = await port.withoutEdges(() => runsOf(page));
  if (everything.every((run) => isWithin(run, box))) return { visible: everything, outside: [] };
  return { visible: await runsOf(page), outside: everything.flatMap((run) => partsOutside(run, box)) };
}

async function runsOf(page: PDFPageProxy): Promise<TextItem[]> {
  const { items } = await page.getTextContent();
  return items.filter((item): item is TextItem => 'str' in item);
}

/** A run's baseline, from its first glyph to the end of its last. */
interface Baseline {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

function baselineOf({ transform, width, height, dir }: TextItem): Baseline {
  const [a = 1, b = 0, , , x = 0, y = 0] = transform as number[];
  if (dir === 'ttb') return { x, y, dx: 0, dy: -height };
  const angle = Math.atan2(b, a);
  return { x, y, dx: width * Math.cos(angle), dy: width * Math.sin(angle) };
}

function isWithin(run: TextItem, box: Box): boolean {
  const { x, y, dx, dy } = baselineOf(run);
  return isInside(x, y, box) && isInside(x + dx, y + dy, box);
}

function isInside(x: number, y: number, [left, bottom, right, top]: Box): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

/** What of a run lies outside; one that crosses the edge is cut there, as if its letters were equally wide. */
function partsOutside(run: TextItem, box: Box): TextItem[] {
  const inside = shareInside(baselineOf(run), box);
  const [from, to] = run.dir === 'rtl' ? [1 - inside[1], 1 - inside[0]] : inside;
  const letters = Array.from(run.str);
  const first = Math.round(from * letters.length);
  const last = Math.round(to * letters.length);
  if (first >= last) return [run];
  const part = (start: number, end: number): TextItem[] =>
    start === end ? [] : [shifted(run, { start, end, of: letters.length, str: letters.slice(start, end).join('') })];
  return [...part(0, first), ...part(last, letters.length)];
}

/** The run without the letters before `start` and from `end` on. */
function shifted(run: TextItem, part: { start: number; end: number; of: number; str: string }): TextItem {
  const { x, y, dx, dy } = baselineOf(run);
  const [a, b, c, d] = run.transform as number[];
  const at = run.dir === 'rtl' ? 1 - part.end / part.of : part.start / part.of;
  const share = (part.end - part.start) / part.of;
  const size = run.dir === 'ttb' ? { height: run.height * share } : { width: run.width * share };
  return { ...run, ...size, str: part.str, transform: [a, b, c, d, x + dx * at, y + dy * at] };
}

/** The stretch of a baseline inside the box, as shares 0…1 of its length (Liang and Barsky 1984); [0, 0]: none. */
function shareInside({ x, y, dx, dy }: Baseline, [left, bottom, right, top]: Box): readonly [number, number] {
  let from = 0;
  let to = 1;
  for (const [step, room] of [
    [-dx, x - left],
    [dx, right - x],
    [-dy, y - bottom],
    [dy, top - y],
  ] as const) {
    if (step === 0 && room < 0) return [0, 0];
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  return from < to ? [from, to] : [0, 0];
}
