import { confidenceOf } from '../confidence/confidence.ts';
import { fittedDecision } from '../confidence/fitted-curve.ts';
import { type Grounds, signsOf } from '../confidence/signs.ts';
import { isRefused } from './reading-verdicts.ts';
import { weightedSum } from './weighted-sum.ts';

/** Whether the evidence is strong enough to answer. */
export interface Decision {
  readonly answer: boolean;
  /** 0…1, higher is surer; see {@link confidenceOf}. */
  readonly confidence: number;
}

/**
 * Between these, logarithms of odds by words and nearness, the reader of answers reads the best sentence at once. Above, the answer stands; below, the
 * best few are read while the search is repeated. Chosen with one organisation after the other left out: reading the tenth of the questions that is
 * further away at once adds less than a hundredth to the recall and to the F1 of abstaining.
 */
const OPEN = { from: -1.6, to: 2.4 } as const;

/** Whether words and nearness leave open whether to answer, so that the best sentence should be read. */
export function isOpen(grounds: Grounds): boolean {
  const leaning = oddsBy('unread', signsOf({ ...grounds, odds: null }));
  return leaning >= OPEN.from && !isSureOfAnswer(leaning);
}

/** Whether words and nearness are sure of an answer. @param leaning the logarithm of the odds, 0 where the product begins to answer */
export function isSureOfAnswer(leaning: number): boolean {
  return leaning > OPEN.to;
}

/**
 * Decides whether the evidence carries an answer, by a logistic curve over its signs, from where answering was best on the whole for
 * organisations that it was not fitted on; {@link fittedDecision} says on which. What the reader of answers has read is judged by a curve
 * that counts on it; a sentence that it refuses is not said because another one reads like an answer. The confidence is a curve of its own: it says
 * how sure to be of the passages, whatever was decided.
 */
export function decide(grounds: Grounds): Decision {
  if (grounds.ranked.length === 0) return { answer: false, confidence: 0 };
  const signs = signsOf(grounds);
  const by = grounds.odds === null ? 'unread' : 'read';
  const answer = oddsBy(by, signs) >= 0 && !isAnotherAnswer(grounds);
  return { answer, confidence: confidenceOf(signs, by) };
}

/** Whether the reader refuses the best sentence and not all of them. */
function isAnotherAnswer({ odds }: Grounds): boolean {
  return odds !== null && isRefused(odds.own) && !isRefused(odds.most);
}

function oddsBy(by: keyof typeof fittedDecision, signs: readonly number[]): number {
  const { bias, weights } = fittedDecision[by];
  return bias + weightedSum(signs, weights);
}
