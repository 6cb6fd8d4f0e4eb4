import { countries } from '../lexicon/countries.ts';
import { givenNames } from '../lexicon/given-names.ts';
import { places } from '../lexicon/places.ts';
import { surnames } from '../lexicon/surnames.ts';

const letters: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i' };

/** Lower case without diacritics, as the lexicons are written: `Łukasz` is `lukasz`. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[ßøłđæœı]/g, (letter) => letters[letter] ?? letter).replaceAll('’', "'");
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

const given = new Set(givenNames.trim().split(/\s+/));
const family = new Set(surnames.trim().split(/\s+/));

const countryLines = countries
  .trim()
  .split('\n')
  .map((line) => line.split(' = '));
const located = new Set([
  ...places.split(',').map((name) => name.trim().replaceAll(/\s+/g, ' ')),
  ...countryLines.map(([name = '']) => name.trim()),
]);
located.delete('');

/** Nationalities: `french`, `costa rican`. */
export const nationalities: ReadonlySet<string> = new Set(
  countryLines.flatMap(([, adjectives = '']) => adjectives.split(',').map((word) => word.trim())).filter(Boolean),
);

/** Names that are also ordinary English words or months: alone they need words around them that make them names. */
const ordinary = new Set(
  (
    'will may mark grace hope rose art bill bob jack dick pat sue drew faith joy dawn april june august summer autumn chase hunter ' +
    'mason carter guy frank ernest gene rich rob ray dean earl duke king prince christian major miles max page pearl ruby olive ' +
    'iris ivy lily violet daisy heather holly hazel amber jade crystal melody harmony destiny angel mercy patience prudence joe ' +
    'young long rice white black green brown gray grey stone wood woods bell cook price fox love day best banks park hill ' +
    'lake field fields case cross bush small short little good power west north south east walker baker butler cooper fisher ' +
    'gardner porter potter taylor turner weaver ward warren wells mills rivers brooks ford lane street church hall house holmes ' +
    'marsh moss noble swift sharp strong wise rose knight bishop pope abbott page reed rush sale sales see so he long son van le ' +
    'do an no may you my can ma pan tang song sun hu ho sing sen das gross lang klein beck stern sala pinto cruz ' +
    'bond chance cash star sky rain rocky sunny precious lucky happy bear wolf rock cliff dale glen forest sandy rusty buddy ' +
    'junior senior spring winter ash clay basil ginger rosemary jasmine charity constance verity chip buck trip ' +
    'nice split reading bath cork mobile orange essen more most self hand head rest mission victoria'
  ).split(' '),
);

/** Whether the lexicon has the word as a given name; of `Anne-Marie`, whether it has a part. */
export function isGivenName(word: string): boolean {
  return hasPart(given, word);
}

/** Whether the lexicon has the word as a surname; of `Lopez-Silva`, whether it has a part. */
export function isSurname(word: string): boolean {
  return hasPart(family, word);
}

/** Whether the name is also an ordinary word. */
export function isOrdinaryWord(word: string): boolean {
  return ordinary.has(fold(word));
}

/** Whether the lexicon has the words as a city, state, region, country or continent. */
export function isPlace(words: string): boolean {
  return located.has(fold(words).replaceAll(/\s+/g, ' '));
}

function hasPart(names: ReadonlySet<string>, word: string): boolean {
  const folded = fold(word);
  return names.has(folded) || (folded.includes('-') && folded.split('-').some((part) => names.has(part)));
}
