/** A word, number or sign as it stands in a text. */
export interface Token {
  /** Lower case, typographic apostrophes plain, accents kept. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** Begins with a capital letter. */
  readonly capital: boolean;
}

const TOKEN =
  /\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}\/\d{1,2}\/\d{2,4}|\d{1,2}:\d{2}(?!\d)|(?:\p{L}\.){2,}|\d+(?:st|nd|rd|th)(?![\p{L}\d])|(?:us|[ca])\$(?=\s?\d)|\d+(?:,\d{3})*(?:\.\d+)*|\p{L}[\p{L}\p{M}]*-?\d[\p{L}\d]*(?:[-.]\d+)*|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|[%$€£¥₹°&<>≥≤~]/giu;
const CONTRACTED_NOT = /^(.+)n't$/;
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['ca', 'can'],
  ['wo', 'will'],
  ['sha', 'shall'],
]);

/**
 * The tokens of a stretch of a text. Contractions are taken apart (`don't` → `do`, `not`), a possessive `'s` is dropped,
 * hyphenated words give their parts unless a digit is in them (`COVID-19`).
 */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  const part = from === 0 && to === text.length ? text : text.slice(from, to);
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(part); match !== null; match = TOKEN.exec(part)) {
    const surface = match[0];
    push(tokens, surface, from + match.index);
  }
  return tokens;
}

function push(tokens: Token[], surface: string, start: number): void {
  const end = start + surface.length;
  const first = surface.charCodeAt(0);
  const capital = (first >= 65 && first <= 90) || (first > 127 && /^\p{Lu}/u.test(surface));
  let lower = surface.toLowerCase();
  if (lower.includes('’')) lower = lower.replaceAll('’', "'");
  if (!lower.includes("'")) {
    if (lower === 'cannot') {
      tokens.push({ lower: 'can', start, end, capital }, { lower: 'not', start, end, capital: false });
      return;
    }
    tokens.push({ lower, start, end, capital });
    return;
  }
  const negated = CONTRACTED_NOT.exec(lower);
  if (negated !== null) {
    const verb = IRREGULAR.get(negated[1] ?? '') ?? negated[1] ?? '';
    tokens.push({ lower: verb, start, end, capital }, { lower: 'not', start, end, capital: false });
    return;
  }
  const bare = lower.replace(/'(?:s|re|ve|ll|d|m)$/, '').replaceAll("'", '');
  tokens.push({ lower: bare, start, end, capital });
}
