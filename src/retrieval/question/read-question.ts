import { analyse, withoutStopWords } from '../analyse.ts';
import { detectLanguage } from '../detect-language.ts';
import { DEFAULT_LANGUAGE } from '../language.ts';
import type { DocumentWords } from '../document-words/index.ts';
import { findSpelling } from './find-spelling.ts';
import { phrasesOf } from './phrases.ts';

/** Terms a prefix stands for at most, those in most documents. */
const PER_PREFIX = 12;
/** A form that so many documents use finds enough by itself. */
const ENOUGH = 2;
const PREFIX = /(?<![\p{L}\p{N}])([\p{L}\p{N}]{3,40})\*/gu;
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}&.-]{0,9}/gu;

/** A question as it is searched for. */
export interface QuestionRead {
  /** Its own terms and those added, each once more often at most. */
  readonly terms: readonly string[];
  /** Terms of each phrase in quotation marks, in order. */
  readonly phrases: readonly (readonly string[])[];
  /** What was added and why, a sentence part each. */
  readonly added: readonly string[];
}

/**
 * The terms of a question, and what they are completed by from the collection's own words:
 * - `regul*` stands for the terms that begin so;
 * - a term that no document has is looked for as the nearest one that some have;
 * - a short form is looked for as its long form too, and the other way round, where a document explains it, no other uses
 *   the one asked for and more use the other.
 * Terms are made by the languages of the collection's documents.
 * @param words the collection's, null: not known, then only phrases are read
 */
export function readQuestion(question: string, words: DocumentWords | null): QuestionRead {
  const [own, inOthers] = inLanguages(question, words?.languages ?? []);
  const phrases = phrasesOf(question);
  if (words === null || words.size === 0) return { terms: [...own, ...inOthers], phrases, added: [] };
  const prefixed = prefixes(question, words);
  const additions = [
    ...prefixed,
    ...spellings(
      own,
      words,
      prefixed.map(([from]) => from),
    ),
    ...forms(question, own, words),
  ];
  const known = new Set([...own, ...inOthers]);
  const fresh = additions
    .map(([from, terms]) => [from, terms.filter((term) => !known.has(term))] as const)
    .filter(([, terms]) => terms.length > 0);
  const other: Addition[] = inOthers.length === 0 ? [] : [['its words in other languages', inOthers]];
  const added = [...other, ...fresh].map(([from, terms]) => `${from} as ${terms.join(' ')}`);
  return { terms: [...own, ...inOthers, ...new Set(fresh.flatMap(([, terms]) => terms))], phrases, added };
}

/** Languages a question is read in at most, those of most documents. */
const MOST_LANGUAGES = 4;

/**
 * A question's terms in its own language, where documents have it, else in that of most; and those that it has beyond them in the
 * other languages of the documents, of words that are no function words of its own.
 * @param there languages of the collection's documents, the most frequent first; []: not known
 */
function inLanguages(question: string, there: readonly string[]): readonly [own: string[], inOthers: string[]] {
  const detected = detectLanguage(question);
  const languages = there.length > 0 ? there : [DEFAULT_LANGUAGE, ...(detected === null ? [] : [detected])];
  const main =
    there.length > 0 && detected !== null && there.includes(detected) ? detected : (languages[0] ?? DEFAULT_LANGUAGE);
  const own = analyse(question, main);
  const bare = withoutStopWords(question, detected ?? main);
  const others = languages.filter((language) => language !== main).slice(0, MOST_LANGUAGES - 1);
  const known = new Set(own);
  return [own, [...new Set(others.flatMap((language) => analyse(bare, language)))].filter((term) => !known.has(term))];
}

type Addition = readonly [from: string, terms: readonly string[]];

function prefixes(question: string, words: DocumentWords): Addition[] {
  return Array.from(question.matchAll(PREFIX), ([marked, prefix = '']): Addition => {
    const begins = prefix.toLowerCase();
    const matching = [...words.vocabulary()].filter((term) => term.startsWith(begins));
    const frequent = matching.sort((a, b) => words.frequencyOf(b) - words.frequencyOf(a)).slice(0, PER_PREFIX);
    return [marked, frequent];
  });
}

/** Only when every document is counted: else a term may be known and not counted. */
function spellings(own: readonly string[], words: DocumentWords, prefixed: readonly string[]): Addition[] {
  if (!words.complete) return [];
  const unknown = [...new Set(own)].filter(
    (term) =>
      words.frequencyOf(term) === 0 && !prefixed.some((prefix) => term.startsWith(prefix.slice(0, 3).toLowerCase())),
  );
  return unknown.flatMap((term): Addition[] => {
    const spelt = findSpelling(words, term);
    return spelt === null ? [] : [[term, [spelt]]];
  });
}

/** Only what no second document uses: more terms than needed drown the question's others. */
function forms(question: string, own: readonly string[], words: DocumentWords): Addition[] {
  const rarest = (terms: readonly string[]): number => Math.min(...terms.map((term) => words.frequencyOf(term)));
  const helps = (given: readonly string[], other: readonly string[]): boolean =>
    rarest(given) < ENOUGH && rarest(other) > rarest(given);
  const long = (question.match(TOKEN) ?? []).flatMap((token): Addition[] => {
    const terms = words.shortForms.longFormOf(token);
    return terms.length > 0 && helps(analyse(token), terms) ? [[token, terms]] : [];
  });
  const short = words.shortForms.shortFormsIn(own).flatMap((form): Addition[] => {
    const terms = analyse(form);
    return helps(words.shortForms.longFormOf(form), terms) ? [[`the long form of ${form}`, terms]] : [];
  });
  return [...long, ...short];
}
