import { matches, type Place } from '../context.ts';
import { isGivenName, isSurname } from './lexicon.ts';

/** A word that begins with a capital. */
export interface CapitalWord extends Place {
  readonly value: string;
}

/** Capitalised words in a row, with the particles between them (`Vincent van Gogh`); at least one word. */
export interface CapitalRun extends Place {
  readonly words: readonly CapitalWord[];
  readonly value: string;
  /** Whether it begins a sentence or a line, where a capital says nothing. */
  readonly opensSentence: boolean;
}

const CAPITAL = String.raw`(?:\p{Lu}\.(?:-?\p{Lu}\.)*|\p{Lu}[\p{L}\p{M}]*(?:['’](?!s\b)\p{L}+|-\p{L}+)*)`;
const PARTICLE = '(?:van|von|der|den|de|da|do|dos|das|del|della|di|du|la|le|bin|ibn|al|el|ter|ten|af|zu)';
const runShape = new RegExp(
  String.raw`(?<![\p{L}\p{N}@_./])${CAPITAL}(?:[  ]${PARTICLE}){0,2}(?:[  ](?:${PARTICLE}[  ]){0,2}${CAPITAL})*(?![\p{L}\p{N}@_])`,
  'gu',
);
const wordShape = new RegExp(CAPITAL, 'gu');

// Capitalised at the beginning of a sentence, or in any place, without being a part of a name.
const notNames = new Set(
  (
    'a an the this that these those i my me mine we our us you your he his him she her hers it its they their them who whom whose what which ' +
    'when where why how if as at by for from in into of off on onto out over to under up with without about after before between ' +
    'during since until while because although though unless and or but nor so yet not no yes ok okay is are was were be been am ' +
    'do does did done has have had can could should would shall might must will may let lets please thanks thank dear hi hello hey ' +
    'good morning afternoon evening regards best kind sincerely yours cheers welcome congratulations sorry here there now then ' +
    'today tomorrow yesterday tonight soon later just also only even still again once never always often some any all each every ' +
    'both few many much more most other another such same own new old first last next one two three four five six seven eight ' +
    'nine ten call contact send email mail give tell ask show find get go come see look take make keep put set open close press ' +
    'choose select click save change update delete add remove check pay buy order ship bill meet visit read write name address ' +
    'phone tel mobile fax cell date subject re fw cc bcc ps pps note attn customer client patient employee user account number ' +
    'january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct ' +
    'nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun mr mrs ms miss dr prof ' +
    'professor sir madam mister doctor lord lady president ceo cfo cto coo vp hr it id ssn iban dob zip pin atm usd eur gbp ' +
    'pdf html http url api faq am pm ad bc gmt utc tv pc dvd cd dna team department office section chapter page figure table ' +
    'appendix article part step day week month year time street st road rd avenue ave apt suite box po credit card visa mastercard ' +
    'amex bank driver licence license passport social security insurance invoice payment total amount english according however ' +
    'therefore moreover although anyone everyone someone nobody somebody person people man woman sir sirs hotel pls'
  ).split(' '),
);

/** Whether the word is one of those that begin sentences or label fields, never a part of a name. */
function isNoName({ value }: CapitalWord): boolean {
  return notNames.has(value.toLowerCase().replaceAll(/['’.]/g, ''));
}

/** All runs of capitalised words, words that are no names cut off at both ends and splitting what is between. */
export function capitalRuns(text: string): CapitalRun[] {
  const runs: CapitalRun[] = [];
  for (const match of matches(text, runShape)) {
    let words: CapitalWord[] = [];
    for (const word of matches(match.value, wordShape)) {
      const placed = { start: match.start + word.start, end: match.start + word.end, value: word.value };
      if (!isNoName(placed) || isNameHere(placed, words)) words.push(placed);
      else {
        pushRun(runs, text, words);
        words = [];
      }
    }
    pushRun(runs, text, words);
  }
  return runs;
}

/** `April Jones`, `Anna May`: a word of two lives goes with a name beside it. */
function isNameHere({ value }: CapitalWord, before: readonly CapitalWord[]): boolean {
  const previous = before.at(-1);
  return previous !== undefined && isGivenName(previous.value) && isSurname(value);
}

function pushRun(runs: CapitalRun[], text: string, words: readonly CapitalWord[]): void {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return;
  const { start } = first;
  const opensSentence = /(?:^|[.!?:\n"“(•*-]\s*)$/u.test(text.slice(Math.max(0, start - 4), start));
  runs.push({ start, end: last.end, words, value: text.slice(start, last.end), opensSentence });
}
