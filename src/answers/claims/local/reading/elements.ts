import { analyse } from '../../../../retrieval/terms/index.ts';
import { type Amount, readAmount } from './amounts.ts';
import { type PartialDate, readDate } from './dates.ts';
import { irregularForms } from './lexicon/irregular-forms.ts';
import { type Bound, boundBeforeNumber, type Marker, markers } from './lexicon/markers.ts';
import { oppositePairs } from './lexicon/opposites.ts';
import { synonymGroups } from './lexicon/synonyms.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What a stretch of a sentence contributes. */
export type ElementKind =
  | 'word'
  | 'amount'
  | 'date'
  | 'negation'
  | 'quantifier'
  | 'modal'
  | 'bound'
  | 'condition'
  | 'function';

/** The smallest thing that is compared: a word, a number with its unit, a date, a marker. */
export interface Element {
  readonly kind: ElementKind;
  /** Stem of a word, name of a marker. Equal keys of one kind are the same. */
  readonly key: string;
  /** As written, lower case. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** Written with a capital letter. */
  readonly capital: boolean;
  /** Bits of a quantifier or modal, else 0. */
  readonly mask: number;
  readonly amount: Amount | null;
  readonly date: PartialDate | null;
  readonly bound: Bound | null;
  /** Groups of synonyms and sides of opposites the word belongs to; null: none. */
  readonly meaning: Meaning | null;
}

/** What the lexicons know of a word. */
export interface Meaning {
  readonly groups: readonly number[];
  /** Pairs of opposites: `2 · pair` on the left side, `2 · pair + 1` on the right. */
  readonly sides: readonly number[];
}

const MEMO_LIMIT = 50_000;
const stems = new Map<string, string>();
const irregular = irregularForms();

/** The stem of a lower-case word or of the verb or noun it is a form of; stop words are their own. */
export function stemOf(lower: string): string {
  const known = stems.get(lower);
  if (known !== undefined) return known;
  if (stems.size >= MEMO_LIMIT) stems.clear();
  const stem = analyse(irregular.get(lower) ?? lower).at(-1) ?? lower;
  // A copy, because V8 would keep the whole text alive for a slice of it.
  stems.set(` ${lower}`.slice(1), stem);
  return stem;
}

const lexicon = buildLexicon();
const marked = markers();
const phrases = phrasesByFirstWord(marked);

/** The elements of a stretch of a text, in order. Offsets are places in `text`. */
export function elementsOf(text: string, from = 0, to = text.length): Element[] {
  const tokens = tokensOf(text, from, to);
  const elements: Element[] = [];
  for (let at = 0; at < tokens.length; ) {
    const { element, length } = readElement(tokens, at);
    elements.push(element);
    at += length;
  }
  return elements;
}

function readElement(tokens: readonly Token[], at: number): { element: Element; length: number } {
  const date = readDate(tokens, at);
  if (date !== null) return built(tokens, at, { kind: 'date', length: date.length, date });
  const phrase = readPhrase(tokens, at);
  if (phrase !== null) return phrase;
  const amount = readAmount(tokens, at);
  if (amount !== null && !isPronoun(tokens, at, amount)) {
    return built(tokens, at, { kind: 'amount', length: amount.length, amount });
  }
  const lower = tokens[at]?.lower ?? '';
  const bound = boundBeforeNumber(lower);
  if (bound !== undefined && beginsNumber(tokens, at + 1))
    return built(tokens, at, { kind: 'bound', length: 1, bound });
  const marker = marked.get(lower);
  if (marker !== undefined) return markedElement(tokens, at, { marker, length: 1 });
  return built(tokens, at, { kind: 'word', length: 1, key: stemOf(lower) });
}

/** `one` and `second` without a unit are rarely numbers. */
function isPronoun(tokens: readonly Token[], at: number, amount: Amount): boolean {
  return tokens[at]?.lower === 'one' && amount.family === null && amount.length === 1;
}

function beginsNumber(tokens: readonly Token[], at: number): boolean {
  const amount = readAmount(tokens, at);
  return amount !== null && !isPronoun(tokens, at, amount);
}

function readPhrase(tokens: readonly Token[], at: number): { element: Element; length: number } | null {
  for (const { words, marker } of phrases.get(tokens[at]?.lower ?? '') ?? []) {
    if (!words.every((word, i) => tokens[at + i]?.lower === word)) continue;
    if (marker.kind === 'bound' && words.length > 1 && !nearNumber(tokens, at, words.length)) continue;
    return markedElement(tokens, at, { marker, length: words.length });
  }
  return null;
}

/** A comparison needs a number before or after it: "more than happy" compares nothing. */
function nearNumber(tokens: readonly Token[], at: number, length: number): boolean {
  const before = tokens[at - 1]?.lower ?? '';
  return (
    beginsNumber(tokens, at + length) ||
    readDate(tokens, at + length) !== null ||
    /\d/.test(before) ||
    beginsNumber(tokens, at - 2)
  );
}

function markedElement(
  tokens: readonly Token[],
  at: number,
  { marker, length }: { marker: Marker; length: number },
): { element: Element; length: number } {
  if (marker.kind === 'word') return built(tokens, at, { kind: 'word', length, key: stemOf(marker.as) });
  if (marker.kind === 'function') return built(tokens, at, { kind: 'function', length, key: marker.as });
  if (marker.kind === 'bound') return built(tokens, at, { kind: 'bound', length, bound: marker.bound });
  if (marker.kind === 'quantifier' || marker.kind === 'modal') {
    return built(tokens, at, { kind: marker.kind, length, mask: marker.mask });
  }
  return built(tokens, at, { kind: marker.kind, length });
}

interface Parts {
  readonly kind: ElementKind;
  readonly length: number;
  readonly key?: string;
  readonly mask?: number;
  readonly amount?: Amount;
  readonly date?: PartialDate;
  readonly bound?: Bound;
}

function built(tokens: readonly Token[], at: number, parts: Parts): { element: Element; length: number } {
  const first = tokens[at] as Token;
  const last = tokens[at + parts.length - 1] as Token;
  const key = parts.key ?? parts.bound ?? parts.kind;
  const element: Element = {
    kind: parts.kind,
    key,
    lower: first.lower,
    start: first.start,
    end: last.end,
    capital: first.capital,
    mask: parts.mask ?? 0,
    amount: parts.amount ?? null,
    date: parts.date ?? null,
    bound: parts.bound ?? null,
    meaning: parts.kind === 'word' || parts.kind === 'function' ? (lexicon.get(key) ?? null) : null,
  };
  return { element, length: parts.length };
}

function phrasesByFirstWord(all: ReadonlyMap<string, Marker>): Map<string, { words: string[]; marker: Marker }[]> {
  const byFirst = new Map<string, { words: string[]; marker: Marker }[]>();
  for (const [phrase, marker] of all) {
    const words = tokensOf(phrase).map((token) => token.lower);
    const [first] = words;
    if (first === undefined || (words.length === 1 && phrase === first && !/[.]/.test(phrase))) continue;
    const list = byFirst.get(first) ?? [];
    list.push({ words, marker });
    byFirst.set(first, list);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

function buildLexicon(): Map<string, Meaning> {
  const all = new Map<string, { groups: number[]; sides: number[] }>();
  const entry = (word: string): { groups: number[]; sides: number[] } => {
    const key = stemOf(word);
    const found = all.get(key) ?? { groups: [], sides: [] };
    all.set(key, found);
    return found;
  };
  synonymGroups().forEach((group, i) => {
    for (const word of group) entry(word).groups.push(i);
  });
  oppositePairs().forEach((pair, i) => {
    pair.forEach((side, which) => {
      for (const word of side) entry(word).sides.push(2 * i + which);
    });
  });
  return all;
}
