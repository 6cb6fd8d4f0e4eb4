import { saidBefore } from '../context.ts';
import type { PersonalDataSpan } from '../span.ts';
import type { CapitalRun } from './capital-runs.ts';
import { isGivenName, isOrdinaryWord, isPlace, isSurname } from './lexicon.ts';
import { isTitleWord } from './title-words.ts';

const whereabouts =
  /\b(?:(?:live|lives|lived|living|born|reside[sd]?|residing|located|based|stay(?:s|ed|ing)?|hotels?|weather|arrived?|raised|offices?|branch|house|apartment|flat) (?:\w+ )?(?:in|at|near)|(?:mov(?:e|ed|ing)|travel(?:s|led|ed|ling|ing)?|fly|flew|flying|flights?|trips?|drive|drove|go|going|goes|went|coming|came|come|return(?:ed)?|back|relocated?) (?:\w+ )?(?:to|from)|(?:city|town|state|country|capital|province|district|republic|embassy|mayor|citizen|resident|north|south|east|west) of|visit(?:ed|ing|s)?|i(?:'m| am) from|come from|(?:city|town|country|state|location|place)(?: is|:))\s(?:the\s)?$/iu;
const leading = /\b(?:in|near|from|to|outside|throughout|via)\s(?:the\s)?$/iu;
const inside = /\b(?:in|near|from|to|at|around|across|outside|throughout|via)\s(?:the\s)?$/iu;

/** Cities, states, regions, countries: by the lexicon, and by words that say where somebody is or goes. */
export function detectLocations(text: string, runs: readonly CapitalRun[]): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const run of runs) {
    const named = knownPlaces(text, run);
    spans.push(...named);
    if (named.length === 0 && run.words.length <= 3 && saidBefore(text, run, whereabouts)) {
      const person = isGivenName(run.words[0]?.value ?? '');
      if (!person) spans.push(spanOf(run, isSurname(run.value) ? 0.65 : 0.78, 'the words before it say where'));
    } else if (named.length === 0 && isUnknown(run) && saidBefore(text, run, leading)) {
      spans.push(spanOf(run, 0.64, 'unknown capital after a word for place'));
    }
  }
  return [...spans, ...abbreviated(text)];
}

/** Whether a run could only be a place that the lexicon lacks: no name, no word of headings. */
function isUnknown({ words }: CapitalRun): boolean {
  return (
    words.length <= 3 &&
    words.every(({ value }) => value.length > 2 && !isGivenName(value) && !isSurname(value) && !isTitleWord(value))
  );
}

/** The longest places of the lexicon inside a run, `New York` before `York`. */
function knownPlaces(text: string, run: CapitalRun): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (let from = 0; from < run.words.length; ) {
    const count = longestPlace(text, run, from);
    const [first, last] = [run.words[from], run.words[from + count - 1]];
    if (count > 0 && first !== undefined && last !== undefined) {
      const whole = count === run.words.length;
      const place = { start: first.start, end: last.end };
      spans.push(spanOf(place, scoreOf(text, place, { whole }), 'place in the lexicon'));
    }
    from += Math.max(1, count);
  }
  return spans;
}

/** How many words from an index on make a place: 4 to 1, or 0. */
function longestPlace(text: string, { words }: CapitalRun, from: number): number {
  for (let count = Math.min(4, words.length - from); count > 0; count--) {
    const [first, last] = [words[from], words[from + count - 1]];
    if (first !== undefined && last !== undefined && isPlace(text.slice(first.start, last.end))) return count;
  }
  return 0;
}

function scoreOf(
  text: string,
  place: { readonly start: number; readonly end: number },
  { whole }: { whole: boolean },
): number {
  const value = text.slice(place.start, place.end);
  const led = saidBefore(text, place, inside) || saidBefore(text, place, whereabouts);
  const doubtful = isOrdinaryWord(value) || isGivenName(value);
  if (led) return whole ? 0.9 : 0.7;
  if (doubtful) return 0.45;
  return whole ? 0.8 : 0.6;
}

/** A state of two letters after a city: `Austin, TX`. */
function abbreviated(text: string): PersonalDataSpan[] {
  return [
    ...text.matchAll(
      /(?<=\p{L}, )(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])(?![\p{L}\p{N}])/gu,
    ),
  ].map((match) =>
    spanOf({ start: match.index, end: match.index + 2 }, 0.7, 'state of the United States after a city'),
  );
}

function spanOf(
  place: { readonly start: number; readonly end: number },
  score: number,
  reason: string,
): PersonalDataSpan {
  return { start: place.start, end: place.end, type: 'location', score, reason };
}
