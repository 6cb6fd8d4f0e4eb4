import { isRow, type Span, splitSentences } from '../../ingest/index.ts';

/** A sentence or a table's row, as it stands in a text. Half-open, UTF-16 code units. */
export interface Stated extends Span {
  readonly text: string;
}

/** What is said otherwise, no longer, or newly. */
export interface StatedChange {
  /** Null: it is new. */
  readonly before: Stated | null;
  /** Null: it is gone. */
  readonly after: Stated | null;
}

/** Words in common, of all words of both, from which on two statements are one that was changed: more alike than not. */
const SAME_FROM = 0.5;

/** Pairs of statements compared at most: some 10 ms. A text rewritten from end to end is told as gone and new. */
const MOST_PAIRS = 40_000;

/**
 * What two texts say differently, statement by statement, in the order of the later text; what is gone comes where it stood. A
 * statement that only moved, or whose spaces, case or list marks changed, says the same.
 */
export function diffStatements(before: string, after: string): StatedChange[] {
  const share = (at: number, whole: string): number => at / Math.max(1, whole.length);
  const placeOf = ({ before: was, after: is }: StatedChange): number =>
    is === null ? share(was?.start ?? 0, before) : share(is.start, after);
  return matchStatements(statementsIn(before), statementsIn(after))
    .filter(({ equal }) => !equal)
    .map(({ before: was, after: is }) => ({ before: was, after: is }))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Each statement of both lists, once: with its equal, with the one it was changed to, or alone. */
export function matchStatements(
  before: readonly Stated[],
  after: readonly Stated[],
): (StatedChange & { readonly equal: boolean })[] {
  const equals = equalPairs(before, after);
  const [gone, added] = [without(before, equals, 'before'), without(after, equals, 'after')];
  const pairs = paired(gone, added);
  return [
    ...equals.map((pair) => ({ ...pair, equal: true })),
    ...pairs.map((pair) => ({ ...pair, equal: false })),
    ...without(gone, pairs, 'before').map((each) => ({ before: each, after: null, equal: false })),
    ...without(added, pairs, 'after').map((each) => ({ before: null, after: each, equal: false })),
  ];
}

interface Pair {
  readonly before: Stated;
  readonly after: Stated;
}

/** Sentences line by line; a table's row is a line. */
export function statementsIn(text: string): Stated[] {
  const found: Stated[] = [];
  for (const line of text.matchAll(/[^\n]+/g)) {
    const spans = isRow(line[0]) ? [{ start: 0, end: line[0].length }] : splitSentences(line[0]);
    for (const span of spans) {
      const start = line.index + span.start;
      const said = text.slice(start, line.index + span.end);
      if (/[\p{L}\p{N}]/u.test(said)) found.push({ start, end: start + said.length, text: said });
    }
  }
  return found;
}

/** A statement without its list mark, and with single spaces. */
export function onOneLine(text: string): string {
  return text
    .replace(/^[\s\-*+•◦▪–#>]+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function normal(text: string): string {
  return onOneLine(text).toLowerCase();
}

/** Statements that say the same, each once: what stands twice and then once is gone once. */
function equalPairs(before: readonly Stated[], after: readonly Stated[]): Pair[] {
  const waiting = Map.groupBy(before, ({ text }) => normal(text));
  return after.flatMap((is): Pair[] => {
    const was = waiting.get(normal(is.text))?.shift();
    return was === undefined ? [] : [{ before: was, after: is }];
  });
}

function without(statements: readonly Stated[], pairs: readonly Pair[], side: keyof Pair): Stated[] {
  const taken = new Set(pairs.map((pair) => pair[side]));
  return statements.filter((each) => !taken.has(each));
}

/** The most alike first, each once. */
function paired(gone: readonly Stated[], added: readonly Stated[]): Pair[] {
  if (gone.length * added.length > MOST_PAIRS) return [];
  const words = new Map([...gone, ...added].map((each) => [each, wordsOf(each.text)]));
  const alike = gone.flatMap((before) =>
    added.flatMap((after) => {
      const likeness = likenessOf(words.get(before) ?? new Set(), words.get(after) ?? new Set());
      return likeness < SAME_FROM ? [] : [{ pair: { before, after }, likeness }];
    }),
  );
  const taken = new Set<Stated>();
  return alike
    .toSorted((a, b) => b.likeness - a.likeness || a.pair.before.start - b.pair.before.start)
    .map(({ pair }) => pair)
    .filter(({ before, after }) => {
      if (taken.has(before) || taken.has(after)) return false;
      taken.add(before).add(after);
      return true;
    });
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Words in both, of the mean number of words (Dice). 0…1. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return (2 * common) / Math.max(1, a.size + b.size);
}
