import { weightedSum } from '../extractive/weighted-sum.ts';
import { fittedConfidence } from './fitted-curve.ts';

/** Share of the logistic curve itself in the confidence, so that scores within one step of the other curve keep their order. */
const OWN_SHARE = 0.1;

/**
 * How likely it is that the passages found carry an answer: 0…1, higher is surer. A logistic curve over the signs, made to match
 * the share of answerable questions by a rising step curve (isotonic calibration; Zadrozny and Elkan 2002), with answerable and
 * unanswerable questions equally common. {@link fittedConfidence} says what it was fitted on.
 * @param signs as `signsOf` gives them
 * @param by whether the best sentences were read by the reader of answers, which has curves of its own
 */
export function confidenceOf(signs: readonly number[], by: keyof typeof fittedConfidence): number {
  const { bias, weights, steps } = fittedConfidence[by];
  return calibrated(bias + weightedSum(signs, weights), steps);
}

/** Puts a score on the calibration's steps, on the line between the middles of two. */
function calibrated(score: number, steps: readonly { readonly at: number; readonly value: number }[]): number {
  const above = steps.findIndex(({ at }) => at > score);
  const [before, after] = [steps[above - 1] ?? steps.at(above < 0 ? -1 : 0), above < 0 ? undefined : steps[above]];
  const share = 1 / (1 + Math.exp(-score));
  if (before === undefined) return share;
  const between = after === undefined || after.at <= before.at ? 0 : (score - before.at) / (after.at - before.at);
  const stepped = before.value + Math.max(0, between) * ((after?.value ?? before.value) - before.value);
  return OWN_SHARE * share + (1 - OWN_SHARE) * stepped;
}
