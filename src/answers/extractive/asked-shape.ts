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
  const words = statement.match(/[\p{L}\p{N}][\p{L}\p{N}.,:'’-]*/gu) ?? [];
  for (const [at, word] of words.entries()) {
    if (!NUMBER.test(word.replace(/[.,]$/, ''))) continue;
    const named = words.slice(Math.max(0, at - 2), at).join(' ');
    const around = `${named.endsWith(':') ? named : ''} ${words.slice(at + 1, at + 1 + NEAR_NUMBER).join(' ')}`;
    if (likeness(counted, new Set(analyse(around))) >= SAME_THING) return 1;
  }
  return -1;
}

/** The term of the thing that is counted; null: nothing is. */
function countedIn(question: string): string | null {
  const after = /\bhow many\s+(.*)/is.exec(question)?.[1];
  if (after === undefined) return null;
  const words = after.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  const end = words.findIndex((word) => AFTER_COUNTED.test(word));
  return analyse(words.slice(0, end === -1 ? words.length : end).join(' ')).at(-1) ?? null;
}
