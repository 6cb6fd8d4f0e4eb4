import type { ClaimSource, SourceSpan } from '../claim.ts';

/** A text in which white space runs are one space and typographic marks are plain ones. */
interface Normal {
  readonly text: string;
  /** For each UTF-16 code unit of `text`, its place in the original. */
  readonly origin: Uint32Array;
}

const SAME: ReadonlyMap<string, string> = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['‑', '-'],
]);
const normalised = new WeakMap<ClaimSource, Normal>();

/** The places of some words in a source, in order; white space, quotation marks and dashes may be written differently. */
export function* placesOfWords(source: ClaimSource, words: string): Generator<SourceSpan> {
  const plain = normalise(words).text.trim();
  if (plain === '') return;
  const haystack = normalSource(source);
  for (let at = haystack.text.indexOf(plain); at !== -1; at = haystack.text.indexOf(plain, at + 1)) {
    const start = haystack.origin[at] as number;
    const end = (haystack.origin[at + plain.length - 1] as number) + 1;
    yield { sourceId: source.id, start, end };
  }
}

function normalSource(source: ClaimSource): Normal {
  const known = normalised.get(source);
  if (known !== undefined) return known;
  const made = normalise(source.text);
  normalised.set(source, made);
  return made;
}

function normalise(original: string): Normal {
  const origin = new Uint32Array(original.length);
  const units: string[] = [];
  let inSpace = true;
  for (let i = 0; i < original.length; i += 1) {
    const unit = original[i] as string;
    const space = unit <= ' ' || unit === '\u00a0';
    if (space && inSpace) continue;
    origin[units.length] = i;
    units.push(space ? ' ' : (SAME.get(unit) ?? unit));
    inSpace = space;
  }
  return { text: units.join(''), origin };
}
