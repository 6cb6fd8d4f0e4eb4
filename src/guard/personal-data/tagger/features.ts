import type { PersonalDataSpan } from '../span.ts';
import { fold, isOrdinaryWord } from '../names/lexicon.ts';
import { isTitleWord } from '../names/title-words.ts';
import type { Token } from './tokens.ts';
import { wordLists } from './word-lists.ts';

/** Rows of the table of weights; a feature is a hash of what it says, modulo this. */
export const ROWS = 1 << 16;

/** What is looked at in one token, as small numbers; 0 is "nothing". */
export interface Traits {
  /** Number of the word in the vocabulary of words that say what is around them, or 0. */
  word: number;
  shape: number;
  given: number;
  family: number;
  /** Tier of the place the token is in times 2, plus 1 on its first word. */
  place: number;
  ordinary: number;
  /** 1 nationality, 2 word of headings, 3 name that is an ordinary word too. */
  manner: number;
  /** Hashes of the first three and the last two, three and four letters; 0 when too short or lower case. */
  prefix: number;
  suffix2: number;
  suffix3: number;
  suffix4: number;
  /** 1 begins a town with its postcode as post offices write it, 2 is inside one, 3 shortly before one. */
  tail: number;
  /** What a rule found here: kind, sureness and whether it begins here, or 0. */
  rule: number;
  rule2: number;
}

/** Traits of all tokens. `vocabulary` maps folded words to numbers from 1 on. */
export function traitsOf(
  tokens: readonly Token[],
  {
    text,
    vocabulary,
    rules,
  }: {
    readonly text: string;
    readonly vocabulary: ReadonlyMap<string, number>;
    readonly rules: readonly PersonalDataSpan[];
  },
): Traits[] {
  const folded = tokens.map(({ value }) => fold(value));
  const traits = tokens.map(({ value }, index) => traitsOfWord(value, folded[index] ?? '', vocabulary));
  markPlaces(traits, folded);
  markTails(traits, tokens, text);
  markRules(traits, tokens, rules);
  return traits;
}

function traitsOfWord(value: string, folded: string, vocabulary: ReadonlyMap<string, number>): Traits {
  const shape = shapeOf(value);
  const word = vocabulary.get(folded) ?? 0;
  const capital = shape >= CAPITAL && shape <= OTHER_SCRIPT;
  if (!capital) return { ...plain, word, shape };
  const tiers = wordLists().tiersOf(folded);
  const manner = tiers.nation > 0 ? 1 : isOrdinaryWord(value) ? 3 : isTitleWord(value) ? 2 : 0;
  const length = folded.length;
  return {
    ...plain,
    word,
    shape,
    given: tiers.given,
    family: tiers.family,
    ordinary: tiers.ordinary,
    manner,
    prefix: length > 3 ? hashOf(folded.slice(0, 3)) : 0,
    suffix2: length > 2 ? hashOf(folded.slice(-2)) : 0,
    suffix3: length > 4 ? hashOf(folded.slice(-3)) : 0,
    suffix4: length > 5 ? hashOf(folded.slice(-4)) : 0,
  };
}

const plain: Traits = {
  word: 0,
  shape: 0,
  given: 0,
  family: 0,
  place: 0,
  ordinary: 0,
  manner: 0,
  prefix: 0,
  suffix2: 0,
  suffix3: 0,
  suffix4: 0,
  tail: 0,
  rule: 0,
  rule2: 0,
};

const CAPITAL = 20;
const OTHER_SCRIPT = 29;

/** Lower case 1, digits by length 2…8, capitals 20…, other scripts 29, signs by their code from 40. */
function shapeOf(value: string): number {
  if (/^\d+$/.test(value)) return 1 + Math.min(7, value.length);
  if (value === '\n') return 10;
  if (/^['’]\p{L}/u.test(value)) return 11;
  if (/^\p{Lu}/u.test(value)) {
    if (value.length === 1) return CAPITAL;
    if (/^\p{Lu}+$/u.test(value)) return value.length <= 3 ? 21 : 22;
    if (value.includes('-')) return /-\p{Lu}/u.test(value) ? 23 : 24;
    return /\p{Lu}/u.test(value.slice(1)) ? 25 : 26;
  }
  if (/^\p{Ll}/u.test(value)) return /\p{Lu}/u.test(value) ? 12 : 1;
  if (/^\p{L}/u.test(value)) return OTHER_SCRIPT;
  return 40 + (value.charCodeAt(0) % 200);
}

/** Marks the longest places of the lists, up to four words. */
function markPlaces(traits: readonly Traits[], folded: readonly string[]): void {
  for (let from = 0; from < traits.length; ) {
    const { count, tier } = placeAt(traits, folded, from);
    for (const [index, token] of traits.slice(from, from + count).entries())
      token.place = tier * 2 + (index === 0 ? 1 : 0);
    from += Math.max(1, count);
  }
}

function placeAt(
  traits: readonly Traits[],
  folded: readonly string[],
  from: number,
): { readonly count: number; readonly tier: number } {
  const shape = traits[from]?.shape ?? 0;
  if (shape < CAPITAL || shape > OTHER_SCRIPT) return { count: 0, tier: 0 };
  const lists = wordLists();
  const most = lists.beginsPlace(folded[from] ?? '') ? Math.min(4, traits.length - from) : 1;
  for (let count = most; count > 0; count--) {
    const tier = lists.placeTier(folded.slice(from, from + count).join(' '));
    if (tier > 0) return { count, tier };
  }
  return { count: 0, tier: 0 };
}

const TOWN = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*(?: (?:\p{Lu}[\p{L}\p{M}.'’-]*|de|la|le|am|an der|sur|upon|di|del|do|da)){0,3}`;
const formalTail = new RegExp(
  String.raw`(?<=[\n,] ?|[\p{L}\d.] )(?:${TOWN},?[ \n]\p{Lu}{2},? \d{5}(?:-\d{4})?(?!\d)|(?<=[\n,] ?)(?:\d{4,5}|\d{3} \d{2}|\d{2}-\d{3}|[A-Z]{1,2}-\d{4,5}) ${TOWN})(?![\p{L}\p{N}])`,
  'gu',
);

/** Tokens before a formal tail that may be the street it belongs to. */
const STREET_TOKENS = 10;

/** Marks towns with their postcodes and what stands before them. */
function markTails(traits: readonly Traits[], tokens: readonly Token[], text: string): void {
  for (const { index, 0: value } of text.matchAll(formalTail)) {
    const first = firstTokenFrom(tokens, index);
    for (let at = first - 1; at >= Math.max(0, first - STREET_TOKENS); at--) {
      const token = traits[at];
      if (token !== undefined && token.tail === 0) token.tail = 3;
    }
    for (let at = first; at < tokens.length && (tokens[at]?.start ?? 0) < index + value.length; at++) {
      const token = traits[at];
      if (token !== undefined) token.tail = at === first ? 1 : 2;
    }
  }
}

/** Marks what the rules found, the two surest per token. */
function markRules(traits: readonly Traits[], tokens: readonly Token[], rules: readonly PersonalDataSpan[]): void {
  const ordered = [...rules].sort((a, b) => b.score - a.score);
  for (const { start, end, type, score } of ordered) {
    const first = firstTokenFrom(tokens, start);
    for (let at = first; at < tokens.length && (tokens[at]?.start ?? end) < end; at++) {
      const token = traits[at];
      if (token === undefined) continue;
      const level = score >= 0.85 ? 2 : score >= 0.65 ? 1 : 0;
      const value = (hashOf(type) & 0xffff) * 8 + level * 2 + (at === first ? 1 : 0) + 1;
      if (token.rule === 0) token.rule = value;
      else if (token.rule2 === 0) token.rule2 = value;
    }
  }
}

/** Index of the first token that ends after the offset. */
function firstTokenFrom(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, never 0. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 1;
}

const outside: Traits = { ...plain, shape: 255 };

/** Number of features that every token has room for. */
export const MOST_FEATURES = 48;

/**
 * Writes the rows of the features of one token: what it is, what stands up to three tokens before and two after, and pairs of these.
 * @param rows room for {@link MOST_FEATURES}
 * @returns how many were written
 */
export function writeFeatures(traits: readonly Traits[], index: number, rows: Int32Array): number {
  const at = (offset: number): Traits => traits[index + offset] ?? outside;
  const [before2, before, here, after, after2] = [at(-2), at(-1), at(0), at(1), at(2)];
  let count = 0;
  const put = (template: number, one: number, two = 0): void => {
    let hash = Math.imul(one + 0x9e37, 0x9e3779b1) ^ Math.imul(two + template * 0x3c6f, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) + template * 0x27d4eb2f;
    hash ^= hash >>> 13;
    rows[count++] = Math.imul(hash, 0x165667b1) >>> 16;
  };
  const name = (token: Traits): number => token.given * 8 + token.family;
  const word = (token: Traits): number => (token.word > 0 ? token.word : 100_000 + token.shape);

  put(1, 1);
  put(2, here.shape);
  put(3, word(here));
  put(4, word(before));
  put(5, word(after));
  put(6, word(before2), word(before));
  put(7, word(after), word(after2));
  put(8, here.shape, before.shape * 256 + after.shape);
  put(9, word(before), here.shape);
  put(10, word(after), here.shape);
  if (here.prefix !== 0) put(11, here.prefix);
  if (here.suffix2 !== 0) put(12, here.suffix2);
  if (here.suffix3 !== 0) put(13, here.suffix3);
  if (here.suffix4 !== 0) put(14, here.suffix4);
  if (here.suffix2 !== 0) put(15, here.suffix2, after.shape);
  put(16, name(here), here.ordinary);
  put(17, name(here), name(after));
  put(18, name(before), name(here));
  put(19, here.place, after.shape);
  put(20, here.place, word(before));
  put(21, here.manner, here.ordinary);
  if (here.rule !== 0) put(22, here.rule);
  if (here.rule2 !== 0) put(23, here.rule2, here.rule);
  put(24, before.rule, here.rule);
  put(25, here.rule, after.rule);
  put(26, word(before2), here.shape);
  put(27, before.shape * 256 + before2.shape, here.shape * 256 + after.shape);
  put(28, after.shape * 256 + after2.shape, here.shape);
  put(29, after.given * 8 + after.family, here.place);
  put(30, word(at(-3)), here.shape);
  put(31, name(here), word(before));
  put(32, name(here), word(after));
  put(33, here.ordinary * 4 + here.manner, before.shape);
  put(34, after.ordinary * 4 + after.manner, here.ordinary * 4 + here.manner);
  if (after.suffix3 !== 0) put(35, after.suffix3, here.shape);
  if (before.suffix3 !== 0) put(36, before.suffix3, here.shape);
  put(37, before.place, here.shape);
  put(39, here.tail, here.shape);
  put(40, here.tail * 4 + after.tail, word(here));
  put(38, after.place, here.shape * 4 + here.manner);
  return count;
}
