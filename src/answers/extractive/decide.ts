import { confidenceOf } from '../confidence/confidence.ts';
import { fittedDecision } from '../confidence/fitted-curve.ts';
import { type Grounds, signsOf } from '../confidence/signs.ts';
import { weightedSum } from './weighted-sum.ts';

/** Whether the evidence is strong enough to answer. */
export interface Decision {
  readonly answer: boolean;
  /** 0…1, higher is surer; see {@link confidenceOf}. */
  readonly confidence: number;
}

/**
 * Decides whether the evidence carries an answer, by a logistic curve over its signs, from where answering was best on the whole for
 * organisations that it was not fitted on; {@link fittedDecision} says on which. The confidence is a curve of its own: it says how sure
 * to be of the passages, whatever was decided.
 */
export function decide(grounds: Grounds): Decision {
  if (grounds.ranked.length === 0) return { answer: false, confidence: 0 };
  const signs = signsOf(grounds);
  const { bias, weights } = fittedDecision;
  return { answer: bias + weightedSum(signs, weights) >= 0, confidence: confidenceOf(signs) };
}
