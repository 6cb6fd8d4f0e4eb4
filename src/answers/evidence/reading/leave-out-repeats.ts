/** A shingle is so many words in a row (Broder, "On the resemblance and containment of documents", 1997). */
const SHINGLE = 5;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*/gu;
/** What turns a statement round: passages that differ in one are no repeats, however alike they are. */
const TURNING = new Set(
  'no not never none without nor neither cannot except unless only nicht kein keine keinen nie ohne ne pas sans jamais sin nunca नहीं'.split(
    ' ',
  ),
);

/** A passage that is kept, and how many it stands for, itself included. */
export interface Kept<T> {
  readonly passage: T;
  readonly standsFor: number;
}

/**
 * Leaves out what only repeats a passage above it: their shingles resemble each other (Jaccard) at least so much, and they have the
 * same figures and the same words that turn a statement round. Pure.
 * @param passages best first
 * @param likeness 0…1; 0: everything is kept
 * @returns the kept ones in their order; the numbers they stand for add up to the number given
 */
export function leaveOutRepeats<T extends { readonly text: string }>(
  passages: readonly T[],
  likeness: number,
): Kept<T>[] {
  const kept: { passage: T; print: Print; standsFor: number }[] = [];
  for (const passage of passages) {
    const print = printOf(passage.text);
    const same = likeness > 0 ? kept.find((above) => repeats(above.print, print, likeness)) : undefined;
    if (same === undefined) kept.push({ passage, print, standsFor: 1 });
    else same.standsFor += 1;
  }
  return kept.map(({ passage, standsFor }) => ({ passage, standsFor }));
}

interface Print {
  readonly shingles: ReadonlySet<string>;
  /** Figures and turning words, sorted. */
  readonly decisive: string;
}

function printOf(text: string): Print {
  const words = (text.normalize('NFKC').toLowerCase().match(WORD) ?? []).map((word) => word.replace(/['’.,-]+$/, ''));
  const shingles = new Set<string>();
  for (let at = 0; at === 0 || at + SHINGLE <= words.length; at += 1)
    shingles.add(words.slice(at, at + SHINGLE).join(' '));
  const isDecisive = (word: string): boolean => /\p{N}/u.test(word) || TURNING.has(word) || /n['’]t$/.test(word);
  return { shingles, decisive: words.filter(isDecisive).sort().join(' ') };
}

function repeats(above: Print, print: Print, likeness: number): boolean {
  if (above.decisive !== print.decisive) return false;
  let shared = 0;
  for (const shingle of print.shingles) if (above.shingles.has(shingle)) shared += 1;
  return shared >= likeness * (above.shingles.size + print.shingles.size - shared);
}
