import { setImmediate as nextTurn } from 'node:timers/promises';
import { TopRows, type ScoredRow } from './top-rows.ts';

/** Okapi BM25 with the constants of Lucene (Robertson and Zaragoza, 2009); the same as LanceDB's. */
const K1 = 1.2;
const B = 0.75;
/** Rows scored together: their scores stay in the processor's cache. */
const WINDOW = 65_536;
/** Others run after so long. */
const TURN_MS = 4;

/** A collection as BM25 sees it. */
export interface CollectionLengths {
  readonly chunks: number;
  /** Terms of all chunks, with repetitions. */
  readonly length: number;
}

/** One term: how many chunks have it, and its postings (`postings.ts`), a list per segment, each ascending by row. */
export interface TermPostings {
  readonly df: number;
  readonly lists: readonly Uint32Array[];
}

interface Cursor {
  readonly list: Uint32Array;
  readonly idf: number;
  at: number;
}

/** What to score and how. */
export interface Scoring {
  readonly collection: CollectionLengths;
  readonly terms: readonly TermPostings[];
  /** How many rows to return. */
  readonly limit: number;
  /** Only these rows count; null: all. */
  readonly allowed: ReadonlySet<number> | null;
  /** Called between slices of work; throws to stop. */
  readonly checkpoint: () => void;
}

/**
 * The best rows by BM25, any term may match: exact, window by window of rows, so that memory does not grow with the
 * collection. Lets others run every few milliseconds.
 * @returns best first, ties by ascending row
 */
export async function scorePostings({ collection, terms, limit, allowed, checkpoint }: Scoring): Promise<ScoredRow[]> {
  const cursors = terms.flatMap((term) =>
    term.lists.map((list): Cursor => ({ list, idf: idfOf(term.df, collection.chunks), at: 0 })),
  );
  const top = new TopRows(limit);
  const scores = new Float64Array(WINDOW);
  const mean = collection.chunks > 0 ? Math.max(1e-9, collection.length / collection.chunks) : 1;
  let breathed = performance.now();
  for (;;) {
    const first = firstRow(cursors);
    if (first === Number.POSITIVE_INFINITY) return top.bestFirst();
    for (const cursor of cursors) addWindow(cursor, { scores, first, mean });
    collect(scores, { first, allowed, top });
    if (performance.now() - breathed < TURN_MS) continue;
    await nextTurn();
    checkpoint();
    breathed = performance.now();
  }
}

/** Inverse document frequency as in Lucene: never below 0. */
function idfOf(df: number, chunks: number): number {
  const known = Math.min(df, chunks);
  return Math.log(1 + (chunks - known + 0.5) / (known + 0.5));
}

function firstRow(cursors: readonly Cursor[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { list, at } of cursors) first = Math.min(first, list[at] ?? Number.POSITIVE_INFINITY);
  return first;
}

function addWindow(
  cursor: Cursor,
  { scores, first, mean }: { readonly scores: Float64Array; readonly first: number; readonly mean: number },
): void {
  const { list, idf } = cursor;
  const end = first + WINDOW;
  const norm = (K1 * B) / mean;
  let at = cursor.at;
  for (; at < list.length; at += 2) {
    const row = list[at] as number;
    if (row >= end) break;
    const counts = list[at + 1] as number;
    const frequency = counts & 0xff_ff;
    const length = counts >>> 16;
    const place = row - first;
    const share = (frequency * (K1 + 1)) / (frequency + K1 * (1 - B) + norm * length);
    scores[place] = (scores[place] as number) + idf * share;
  }
  cursor.at = at;
}

/** Takes what is worth it and leaves zeros. */
function collect(
  scores: Float64Array,
  {
    first,
    allowed,
    top,
  }: { readonly first: number; readonly allowed: ReadonlySet<number> | null; readonly top: TopRows },
): void {
  for (let place = 0; place < WINDOW; place += 1) {
    const score = scores[place] as number;
    if (score === 0) continue;
    scores[place] = 0;
    if (top.wants(score) && (allowed === null || allowed.has(first + place))) top.add(first + place, score);
  }
}
