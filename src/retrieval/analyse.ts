import { DEFAULT_LANGUAGE, type Language, languageOf } from './language.ts';
import { type ReadWords, wordReader } from './word-reader.ts';

/** Longer tokens (data URIs, hashes in a row, base64) say nothing and would bloat the index; UTF-16 units. */
const MAX_TOKEN = 64;
/** How many different words are remembered per language: about 10 MB at most. */
const MEMO_LIMIT = 65_536;
/** Languages with a memory of their own; the parser may meet any code a document declares. */
const MAX_LANGUAGES = 16;
const NO_TERMS: readonly string[] = [];

// A token is letters and digits held together by what identifiers, decimals and contractions are written with.
const ASCII_TOKEN = /[a-z0-9]+(?:['.,_:/@&+-][a-z0-9]+)*/g;
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['.,_:/@&+-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
// Scripts written without spaces between words.
const UNSPACED =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|\p{Script=Hangul}+|[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+)/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what ASCII is
const ASCII_ONLY = /^[\x00-\x7f]*$/;
// A number of a section with its paragraphs: `43(2)(a)`, `12.3(b)`.
const REFERENCE = /(?<![\p{L}\p{N}])\d+[a-z]?(?:\.\d+)*(?:\([a-z\d]{1,5}\))+/giu;
const PERCENTAGE = /(\d+(?:,\d{3})*(?:\.\d+)?)\s?(?:[%％]|per\s?cent\b)/gi;
const WORD = /[\p{L}\p{M}]+/gu;
const JOINERS = /[.,_:/@&+-]/;
const NUMBER = /^\d+(?:,\d{3})*(?:\.\d+)?$/;
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const memos = new Map<string, Map<string, readonly string[]>>();
const readers = new Map<string, ReadWords<string>>();

/**
 * The terms of a text, in order and with repetitions: what every adapter of the chunk index stores and looks up, so
 * that a query meets a document in the same form. NFKC, lowercase, accents folded, split into words, stop words out,
 * Snowball stems (Porter2 for English).
 * - Identifiers give their parts and, when there is a digit in them, the joined form too: `ORD-1002` → `ord 1002 ord1002`.
 * - Numbers keep their decimals and lose their thousands separators: `1,250.5` → `1250.5`.
 * - Percentages and references to paragraphs are terms of their own beside their parts, after all others: `43 %` → `43 43%`,
 *   `43(2)(a)` → `43 2 43(2) 43(2)(a)`.
 * - Scripts without spaces (Chinese, Japanese, Korean, Thai, …) give overlapping pairs of characters.
 * Pure; terms hold no whitespace. A text of stop words only gives none.
 * @param language ISO 639-1 code; unknown ones are neither stemmed nor freed of stop words
 */
export function analyse(text: string, language = DEFAULT_LANGUAGE): string[] {
  return [...simpleTerms(text, language), ...compounds(text)];
}

/** The terms that follow from single words. */
function simpleTerms(text: string, language: string): string[] {
  const terms: string[] = [];
  const memo = memoOf(language);
  for (const token of tokensOf(text)) {
    if (token.length > MAX_TOKEN) continue;
    const found = memo.get(token) ?? remember(memo, token, language);
    for (let i = 0; i < found.length; i += 1) terms.push(found[i] as string);
  }
  return terms;
}

/** What more than one word says. */
function compounds(text: string): string[] {
  const found = text.includes('(') ? references(text) : [];
  if (/[%％]|per\s?cent/i.test(text)) found.push(...percentages(text));
  return found;
}

/** Each reference and what it is part of: `43(2)(a)` is found by `43(2)` too. */
function references(text: string): string[] {
  return (text.match(REFERENCE) ?? []).flatMap((reference) => {
    const steps = reference.toLowerCase().split(/(?=\()/);
    return steps.slice(1).map((_, depth) => steps.slice(0, depth + 2).join(''));
  });
}

function percentages(text: string): string[] {
  return Array.from(text.normalize('NFKC').matchAll(PERCENTAGE), ([, number = '']) => `${number.replaceAll(',', '')}%`);
}

/**
 * The terms of a chunk, joined by one space: the one way to fill `TextEntry.terms`. The header's words count twice:
 * a title names what the passage is about (+.005–.009 nDCG@10 measured).
 * @param header title and heading path; may be empty
 */
export function chunkTerms(header: string, body: string, language = DEFAULT_LANGUAGE): string {
  const heading = termsLine(header, language);
  return [heading, heading, termsLine(body, language)].filter((line) => line !== '').join(' ');
}

/** {@link analyse}, joined by one space: several times as fast for a text whose words were met before. */
function termsLine(text: string, language: string): string {
  const lines: string[] = [];
  readerOf(language)(text, (line) => {
    if (line !== '') lines.push(line);
  });
  return [...lines, ...compounds(text)].join(' ');
}

function readerOf(language: string): ReadWords<string> {
  const known = readers.get(language);
  if (known !== undefined) return known;
  const made = wordReader((text) => simpleTerms(text, language).join(' '));
  if (readers.size >= MAX_LANGUAGES) readers.clear();
  readers.set(language, made);
  return made;
}

/** The text without the function words of a language; other languages would take them for words of a subject. */
export function withoutStopWords(text: string, language: string): string {
  const { stopWords } = languageOf(language);
  return text.replace(WORD, (word) => (stopWords.has(word.normalize('NFC').toLowerCase()) ? ' ' : word));
}

function tokensOf(text: string): readonly string[] {
  if (ASCII_ONLY.test(text)) return text.toLowerCase().match(ASCII_TOKEN) ?? NO_TERMS;
  const normal = text.normalize('NFKC').toLowerCase().replace(/[’ʼ]/g, "'").replace(/[‐‑–]/g, '-');
  return normal.normalize('NFC').match(TOKEN) ?? NO_TERMS;
}

function memoOf(language: string): Map<string, readonly string[]> {
  const memo = memos.get(language) ?? new Map<string, readonly string[]>();
  if (!memos.has(language)) {
    if (memos.size >= MAX_LANGUAGES) memos.clear();
    memos.set(language, memo);
  }
  return memo;
}

function remember(memo: Map<string, readonly string[]>, token: string, language: string): readonly string[] {
  const terms = termsOfToken(token, languageOf(language));
  if (memo.size >= MEMO_LIMIT) memo.clear();
  // A copy, because V8 would keep the whole text alive for a slice of it.
  memo.set(` ${token}`.slice(1), terms);
  return terms;
}

function termsOfToken(token: string, language: Language): readonly string[] {
  if (NUMBER.test(token)) return [token.replaceAll(',', '')];
  if (UNSPACED.test(token)) return token.split(UNSPACED).flatMap((run) => runTerms(run, language));
  const parts = token.split(JOINERS);
  const terms = parts.flatMap((part) => wordTerms(part, language));
  if (parts.length > 1 && /\p{N}/u.test(token)) terms.push(fold(parts.join('')));
  return terms;
}

function runTerms(run: string, language: Language): string[] {
  if (!UNSPACED.test(run)) return run === '' ? [] : [...termsOfToken(run.replace(/^[^\p{L}\p{N}]+/u, ''), language)];
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

function wordTerms(part: string, language: Language): string[] {
  if (!language.foldFirst) return part.split("'").flatMap((word) => stemmed(word, language));
  const word = fold(part.replace(/'s$/, '').replaceAll("'", ''));
  return stemmed(word, language);
}

function stemmed(word: string, language: Language): string[] {
  if (word === '' || language.stopWords.has(word)) return [];
  return [fold(language.stem(word))];
}

function fold(word: string): string {
  if (ASCII_ONLY.test(word)) return word;
  const bare = word.replace(/[ßæœøłđðþı]/g, (letter) => FOLDED[letter] ?? letter).normalize('NFD');
  // Only marks on Latin letters: elsewhere they are part of the word.
  return bare.replace(/(\p{Script=Latin})\p{M}+/gu, '$1').normalize('NFC');
}
