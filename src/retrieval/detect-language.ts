import { DEFAULT_LANGUAGE, knownLanguages } from './language.ts';
import { wordReader } from './word-reader.ts';

/** So much of a text is looked at, half from its beginning, half from its middle; UTF-16 units. */
const SAMPLE = 16_000;
/** A Chinese or Japanese character and a Korean syllable say about as much as so many letters. */
const LETTERS_PER_SIGN = 3;
/** Function words of a language, those it shares counting in part: so many at least, such a share of all words, so much ahead of the next. */
const ENOUGH = { words: 1.5, share: 0.15, lead: 1.5 };
/** Of the characters of a Japanese text that are no other script's, more are kana. */
const KANA_SHARE = 0.1;

const SCRIPTS = {
  han: /\p{Script=Han}/gu,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  hangul: /\p{Script=Hangul}/gu,
  devanagari: /\p{Script=Devanagari}/gu,
  latin: /\p{Script=Latin}/gu,
} as const;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what ASCII is
const ASCII_ONLY = /^[\x00-\x7f]*$/;
const ASCII_WORD = /[a-z]+/g;
const WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}]*/gu;

/** Languages that {@link detectLanguage} tells apart. */
const TOLD_APART: ReadonlySet<string> = new Set([...knownLanguages().keys(), 'zh', 'ja', 'ko']);

const CODES = [...knownLanguages().keys()];

/** Latin function word → what it says for each language that has it. */
const VOTES = new Map<string, readonly Vote[]>();
for (const [language, code] of CODES.entries()) {
  for (const word of knownLanguages().get(code)?.stopWords ?? []) {
    const others = VOTES.get(word) ?? [];
    const share = 1 / (others.length + 1);
    VOTES.set(
      word,
      [...others, { language, share }].map((vote) => ({ ...vote, share })),
    );
  }
}

/**
 * The language of a text by its script and its function words: `en`, `de`, `fr`, `es`, `hi`, `zh`, `ja` or `ko` (ISO 639-1). Null:
 * it cannot be told, or is another one; a close relative may be taken for one of these. Pure.
 */
export function detectLanguage(text: string): string | null {
  const sample = text.length <= SAMPLE ? text : `${text.slice(0, SAMPLE / 2)} ${middleOf(text)}`;
  const found = new Tally();
  readSigns(sample, (signs) => found.add(signs));
  const { han, kana, hangul, devanagari, latin } = found;
  const signs = han + kana;
  const weights: (readonly [string, number])[] = [
    [kana > KANA_SHARE * signs ? 'ja' : 'zh', signs * LETTERS_PER_SIGN],
    ['ko', hangul * LETTERS_PER_SIGN],
    ['hi', devanagari],
  ];
  const [code, weight] = weights.reduce((best, each) => (each[1] > best[1] ? each : best));
  return weight > latin ? code : byFunctionWords(found);
}

/** The language a question is read in where only the question is known; English when it cannot be told. */
export function languageOfQuestion(question: string): string {
  return detectLanguage(question) ?? DEFAULT_LANGUAGE;
}

/**
 * The language a document's terms are made by: what its text shows, else what it declares, else English. A declared
 * language that {@link detectLanguage} does not know is believed.
 * @param declared ISO 639-1, a region after `-` is ignored
 */
export function languageOfDocument(text: string, declared: string | undefined): string {
  const said = declared?.split('-', 1)[0]?.toLowerCase();
  if (said !== undefined && /^[a-z]{2,3}$/.test(said) && !TOLD_APART.has(said)) return said;
  return detectLanguage(text) ?? (said !== undefined && TOLD_APART.has(said) ? said : DEFAULT_LANGUAGE);
}

function middleOf(text: string): string {
  const from = Math.floor((text.length - SAMPLE / 2) / 2);
  return text.slice(from, from + SAMPLE / 2);
}

/** What is counted in a text, or in one word of it. */
interface Signs {
  /** Runs of Latin letters: `it's` has two. */
  words: number;
  han: number;
  kana: number;
  hangul: number;
  devanagari: number;
  latin: number;
}

/** What one word says. */
interface WordSigns extends Signs {
  readonly votes: readonly Vote[];
}

interface Vote {
  /** Index in {@link CODES}. */
  readonly language: number;
  readonly share: number;
}

const readSigns = wordReader(signsOf);

/** For one ASCII word that is no function word, which most are, only its letters: that takes no memory. */
function signsOf(text: string): WordSigns | number {
  if (!ASCII_ONLY.test(text)) return allSigns(text);
  const signs = asciiSigns(text);
  return signs.words === 1 && signs.votes.length === 0 ? signs.latin : signs;
}

function asciiSigns(text: string): WordSigns {
  const words = text.toLowerCase().match(ASCII_WORD) ?? [];
  const latin = words.reduce((sum, word) => sum + word.length, 0);
  return { words: words.length, han: 0, kana: 0, hangul: 0, devanagari: 0, latin, votes: votesOf(words) };
}

function allSigns(text: string): WordSigns {
  const count = (script: keyof typeof SCRIPTS): number => text.match(SCRIPTS[script])?.length ?? 0;
  const words = text.normalize('NFC').toLowerCase().match(WORD) ?? [];
  return {
    words: words.length,
    han: count('han'),
    kana: count('kana'),
    hangul: count('hangul'),
    devanagari: count('devanagari'),
    latin: count('latin'),
    votes: votesOf(words),
  };
}

function votesOf(words: readonly string[]): Vote[] {
  return words.flatMap((word) => VOTES.get(word) ?? []);
}

/** Adds up what the words of a sample say. */
class Tally implements Signs {
  words = 0;
  han = 0;
  kana = 0;
  hangul = 0;
  devanagari = 0;
  latin = 0;
  /** Per language of {@link CODES}, its function words, those it shares counting in part. */
  readonly votes = new Float64Array(CODES.length);

  add(signs: WordSigns | number): void {
    if (typeof signs === 'number') {
      this.words += 1;
      this.latin += signs;
      return;
    }
    this.words += signs.words;
    this.han += signs.han;
    this.kana += signs.kana;
    this.hangul += signs.hangul;
    this.devanagari += signs.devanagari;
    this.latin += signs.latin;
    for (const { language, share } of signs.votes) this.votes[language] = (this.votes[language] as number) + share;
  }
}

function byFunctionWords({ words, votes }: Tally): string | null {
  const [best, next] = CODES.map((code, index) => [code, votes[index] as number] as const).sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < Math.max(ENOUGH.words, ENOUGH.share * words)) return null;
  return best[1] >= ENOUGH.lead * (next?.[1] ?? 0) ? best[0] : null;
}
