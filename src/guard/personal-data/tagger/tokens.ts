/** A word, a number, a line end or one other character of a text. */
export interface Token {
  /** First UTF-16 code unit. */
  readonly start: number;
  /** One past the last UTF-16 code unit. */
  readonly end: number;
  readonly value: string;
}

const tokenShape =
  /\p{L}[\p{L}\p{M}]*(?:['’](?!(?:s|d|m|t|ll|ve|re)(?!\p{L}))\p{L}[\p{L}\p{M}]*|-\p{L}[\p{L}\p{M}]*)*|\d+|[^\S\n]*\n\s*|['’](?:s|d|m|t|ll|ve|re)(?!\p{L})|\S/gu;

/** Cuts a text into tokens, contractions and the genitive apart; white space other than line ends is no token. */
export function tokenise(text: string): Token[] {
  return Array.from(text.matchAll(tokenShape), ({ index, 0: value }) => ({
    start: index,
    end: index + value.length,
    value: value.includes('\n') ? '\n' : value,
  }));
}

/** Tokens of a segment at most, and from which number on a sentence or line end closes one. */
const MOST_TOKENS = 256;
const ENOUGH_TOKENS = 96;

/** Cuts the tokens where sentences or lines end, so that no segment is long; half-open ranges of indices. */
export function segmentsOf(tokens: readonly Token[]): (readonly [from: number, to: number])[] {
  const segments: (readonly [number, number])[] = [];
  let from = 0;
  for (const [index, { value }] of tokens.entries()) {
    const length = index + 1 - from;
    const ends = length >= ENOUGH_TOKENS && /^[.!?\n]$/.test(value);
    if (!ends && length < MOST_TOKENS) continue;
    segments.push([from, index + 1]);
    from = index + 1;
  }
  if (from < tokens.length) segments.push([from, tokens.length]);
  return segments;
}
