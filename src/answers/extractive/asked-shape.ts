import { analyse } from '../../retrieval/index.ts';
import { likeness } from './word-likeness.ts';

const NUMBER =
  /^(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|hundred|no|none|unlimited|once|twice)$/i;

/** Where the counted thing of `how many …` ends. */
const AFTER_COUNTED =
  /^(?:is|are|am|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|had|in|on|at|of|for|to|from|with|per|a|an|the|i|we|you|they|he|she|it|there|fit|get|come|need|needed|work|make)$/i;

/** Words after a number in which the counted thing stands. */
const NEAR_NUMBER = 4;

/** Kin this near names the same thing: `visitors`, `people`. */
const SAME_THING = 0.35;

/** What a measure of each kind is told in. */
const MEASURES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\bhow fast\b|\bspeed\b/i,
    /\d\s?(?:km|kilomet|mph|miles|knots|m\/s|met(?:re|er)s? (?:a|per)|[kmg]bit|mb)\b|\d\s?(?:kilomet|met)/i,
  ],
  [
    /\bhow (?:large|big|wide|high|tall|deep|far)\b|\b(?:depth|height|width|length|size)\b/i,
    /\d\s?(?:m2|m²|mm|cm|m|km|sq|ha|gb|mb|tb|kb|l)\b|\d\s?(?:square|met(?:re|er)|centimet|millimet|kilomet|acres?|hectares?|inch|feet|foot|pages?|lit)/i,
  ],
  [/\bhow heavy\b|\bweight\b/i, /\d\s?(?:kg|g|t|lb)\b|\d\s?(?:kilo|gram|ton|pound)/i],
  [/\bhow (?:hot|cold|warm)\b|\btemperature\b/i, /\d\s?(?:°|degrees|celsius|c\b)|\bdegrees\b/i],
  [/\bhow loud\b/i, /decibel|\bdb\b/i],
];

const YES_OR_NO =
  /^\W*(?:(?:and|but|so)\s+)?(?:is|are|am|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|had)\b/i;
const RULES =
  /\b(?:may|must|can|cannot|could|should|allow(?:ed|s)?|permit(?:ted|s)?|forbidden|prohibited|possible|need(?:s|ed)?|required?|compulsory|(?:has|have|is|are) to|welcome|free|not|no|never|nobody|only|unless|except|tolerated|exempt|fine)\b/i;
const WHERE = /\bwhere\b/i;
const PLACE =
  /\b(?:in|at|on|to|from|near|next to|behind|opposite)\s+(?:the\s+)?(?:[A-Z][\w-]+|(?:\w+\s+)?(?:building|room|hall|office|desk|floor|street|cellar|cabinet|entrance|library|branch|portal))|\b(?:street|square|road|building|room|floor)\b/;
const WHO_IS = /\bwho(?:'s| is| are| was| were) (?:the|your|our|my)\b/i;
const NAME = /(?<=[\p{Ll}\d,:;] )\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u;

/** Whether a question wants a yes or a no. */
export function asksYesOrNo(question: string): boolean {
  return YES_OR_NO.test(question);
}

/**
 * Whether a statement has the form that a question asks for, beyond its kind: a yes or no wants a rule, `where` a place, `who is
 * the …` a name, `how many X` a number of X, `how fast` a speed.
 * @returns 1 it has, −1 it has not, 0 the question asks for none of these
 */
export function shapeOf(question: string, statement: string): number {
  if (asksYesOrNo(question)) return RULES.test(statement) ? 1 : -1;
  if (WHO_IS.test(question)) return NAME.test(statement) ? 1 : -1;
  if (WHERE.test(question)) return PLACE.test(statement) ? 1 : -1;
  const measure = MEASURES.find(([asked]) => asked.test(question));
  if (measure !== undefined) return measure[1].test(statement) ? 1 : -1;
  return 0;
}

/**
 * Whether a statement counts what `how many …` asks about: `six visitors`, or a column `Visitors` with a number in it.
 * @returns 1 it does, −1 it does not, 0 the question does not ask so
 */
export function countsAsked(question: string, statement: string): number {
  const counted = countedIn(question);
  if (counted === null) return 0;
  if (UNIT_OF_TIME.test(counted)) return countsTime(question, statement, counted);
  const words = statement.match(/[\p{L}\p{N}][\p{L}\p{N}.,:'’-]*/gu) ?? [];
  for (const [at, word] of words.entries()) {
    if (!NUMBER.test(word.replace(/[.,]$/, ''))) continue;
    const named = words.slice(Math.max(0, at - 2), at).join(' ');
    const around = `${named.endsWith(':') ? named : ''} ${words.slice(at + 1, at + 1 + NEAR_NUMBER).join(' ')}`;
    if (likeness(counted, new Set(analyse(around))) >= SAME_THING) return 1;
  }
  return -1;
}

/** Terms of units of time. */
const UNIT_OF_TIME = /^(?:second|minut|hour|dai|day|week|month|year|night)$/;

/** A length of time, and what it is reckoned from: `two weeks before`. */
const LENGTH =
  /(?:\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|half an?|an?))(?: \w+)?[ -](second|minute|hour|day|week|month|year|night)s?\b(.{0,30})/gi;
const RECKONED =
  /^['’]?\s*(?:or more |at (?:least|most) )?(?:before|ahead|beforehand|in advance|earlier|prior|after|afterwards|later|(?:of )?notice|old)\b/i;
/** A length that only says when something else holds: `for more than five days`. */
const BOUND = /\b(?:more|longer|later|less|fewer) than\s+$|\b(?:over|exceeding|within|after)\s+$/i;
const ASKS_RECKONED =
  /\b(?:before|ahead|beforehand|advance|earl\w+|prior|after|notice|later|until|late|old|when|must)\b/i;

/** A length in the unit asked for counts whole, in another one half; one that only says how long before, after or from when something holds is none. */
function countsTime(question: string, statement: string, unit: string): number {
  let best = -1;
  for (const { index, 1: own = '', 2: rest = '' } of statement.matchAll(LENGTH)) {
    const isBound = RECKONED.test(rest) || BOUND.test(statement.slice(0, index));
    if (isBound && !ASKS_RECKONED.test(question)) continue;
    best = Math.max(best, analyse(own)[0] === unit ? 1 : 0.5);
  }
  return best;
}

/** The term of the thing that is counted; null: nothing is. */
function countedIn(question: string): string | null {
  const after = /\bhow many\s+(.*)/is.exec(question)?.[1];
  if (after === undefined) return null;
  const words = after.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  const end = words.findIndex((word) => AFTER_COUNTED.test(word));
  return analyse(words.slice(0, end === -1 ? words.length : end).join(' ')).at(-1) ?? null;
}
