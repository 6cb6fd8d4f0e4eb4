import { DEFAULT_LANGUAGE, knownLanguages } from './language.ts';

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
const WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}]*/gu;

/** Languages that {@link detectLanguage} tells apart. */
const TOLD_APART: ReadonlySet<string> = new Set([...knownLanguages().keys(), 'zh', 'ja', 'ko']);

/** Latin function word → languages that have it. */
const HOLDERS = new Map<string, string[]>();
for (const [code, { stopWords }] of knownLanguages()) {
  for (const word of stopWords) HOLDERS.set(word, [...(HOLDERS.get(word) ?? []), code]);
}

/**
 * The language of a text by its script and its function words: `en`, `de`, `fr`, `es`, `hi`, `zh`, `ja` or `ko` (ISO 639-1). Null:
 * it cannot be told, or is another one; a close relative may be taken for one of these. Pure.
 */
export function detectLanguage(text: string): string | null {
  const sample = text.length <= SAMPLE ? text : `${text.slice(0, SAMPLE / 2)} ${middleOf(text)}`;
  if (ASCII_ONLY.test(sample)) return byFunctionWords(sample); // no other script's character is in it
  const count = (script: keyof typeof SCRIPTS): number => sample.match(SCRIPTS[script])?.length ?? 0;
  const [kana, latin] = [count('kana'), count('latin')];
  const signs = count('han') + kana;
  const weights: (readonly [string, number])[] = [
    [kana > KANA_SHARE * signs ? 'ja' : 'zh', signs * LETTERS_PER_SIGN],
    ['ko', count('hangul') * LETTERS_PER_SIGN],
    ['hi', count('devanagari')],
  ];
  const [code, weight] = weights.reduce((best, each) => (each[1] > best[1] ? each : best));
  return weight > latin ? code : byFunctionWords(sample);
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

function byFunctionWords(sample: string): string | null {
  const words = sample.normalize('NFC').toLowerCase().match(WORD) ?? [];
  const found = new Map<string, number>();
  for (const word of words) {
    const holders = HOLDERS.get(word) ?? [];
    for (const code of holders) found.set(code, (found.get(code) ?? 0) + 1 / holders.length);
  }
  const [best, next] = [...found].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < Math.max(ENOUGH.words, ENOUGH.share * words.length)) return null;
  return best[1] >= ENOUGH.lead * (next?.[1] ?? 0) ? best[0] : null;
}
