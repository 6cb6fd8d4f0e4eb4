import type { Element } from '../claims/local/reading/elements.ts';

/** Two questions with the same content. */
interface Matched {
  readonly left: readonly Element[];
  readonly right: readonly Element[];
  /** Places of the content in `left` and in `right`, ascending. */
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** For each content of the left, which one of the right it is: positions in `b`. */
  readonly places: readonly number[];
}

/** Joins a noun to those that describe it: days of sick leave, sick leave days. */
const JOINS = new Set(['of', 'for']);
/** Words that may describe it. */
const MOST_DESCRIBING = 3;

/**
 * Whether content in another order still means the same: it is in the same order but for nouns that one of the two puts after
 * their description and the other before an `of`.
 */
export function sameOrder({ left, right, a, b, places }: Matched): boolean {
  const back = places.map((_, position) => places.indexOf(position));
  for (let i = 0; i < places.length; ) {
    if (places[i] === i) i += 1;
    else {
      const length =
        describedBy(left, right, { a, b, places, from: i }) ||
        describedBy(right, left, { a: b, b: a, places: back, from: i });
      if (length === 0) return false;
      i += length + 1;
    }
  }
  return true;
}

/** How many words describe the noun at `from`, when it stands before them with `of` in one and after them in the other; 0: not so. */
function describedBy(
  withOf: readonly Element[],
  without: readonly Element[],
  at: Pick<Matched, 'a' | 'b' | 'places'> & { readonly from: number },
): number {
  const { a, b, places, from } = at;
  const length = (places[from] as number) - from;
  if (length < 1 || length > MOST_DESCRIBING) return 0;
  const moved = places.slice(from + 1, from + 1 + length).every((place, i) => place === from + i);
  const joined = functionsBetween(withOf, a[from], a[from + 1]).some((key) => JOINS.has(key));
  const plain = functionsBetween(without, b[from + length - 1], b[from + length]).length === 0;
  return moved && joined && plain ? length : 0;
}

function functionsBetween(elements: readonly Element[], from = 0, to = 0): string[] {
  return elements.slice(from + 1, to).map(({ key }) => key);
}
