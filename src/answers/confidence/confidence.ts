import { channel } from 'node:diagnostics_channel';
import { fittedCurve } from './fitted-curve.ts';
import { type Grounds, signsOf } from './signs.ts';

/** Tells whoever subscribes the signs of each answer, as `{signs: number[]}`: for fitting and for looking into a confidence. */
const signsChannel = channel('plumbline:answers:signs');

/** Share of the logistic curve itself in the confidence, so that scores within one step of the other curve keep their order. */
const OWN_SHARE = 0.1;

/**
 * How likely it is that the passages found carry an answer: 0…1, higher is surer. A logistic curve over the signs, made to match
 * the share of answerable questions by a rising step curve (isotonic calibration; Zadrozny and Elkan 2002), with answerable and
 * unanswerable questions equally common. {@link fittedCurve} says what it was fitted on.
 */
export function confidenceOf(grounds: Grounds): number {
  if (grounds.ranked.length === 0) return 0;
  const signs = signsOf(grounds);
  if (signsChannel.hasSubscribers) signsChannel.publish({ signs });
  return calibrated(signs.reduce((sum, sign, at) => sum + sign * (fittedCurve.weights[at] ?? 0), fittedCurve.bias));
}

/** Puts a score on the calibration's steps, on the line between the middles of two. */
function calibrated(score: number): number {
  const steps = fittedCurve.steps;
  const above = steps.findIndex(({ at }) => at > score);
  const [before, after] = [steps[above - 1] ?? steps.at(above < 0 ? -1 : 0), above < 0 ? undefined : steps[above]];
  const share = 1 / (1 + Math.exp(-score));
  if (before === undefined) return share;
  const between = after === undefined || after.at <= before.at ? 0 : (score - before.at) / (after.at - before.at);
  const stepped = before.value + Math.max(0, between) * ((after?.value ?? before.value) - before.value);
  return OWN_SHARE * share + (1 - OWN_SHARE) * stepped;
}
