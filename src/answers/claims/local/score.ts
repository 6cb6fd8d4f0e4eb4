import type { Features } from './features.ts';

/**
 * A logistic regression's weights. Fitted by `npm run bench -- verifier-fit` on made pairs: sentences of the sample handbook, of
 * Canadian acts and of HealthVer's evidence, joined, shortened and reworded, half of them with something put in that the
 * source does not say. Nobody's verdicts were looked at.
 */
const WEIGHTS: Readonly<Record<keyof Features, number>> = {
  together: 4.28,
  anywhere: 2.06,
  numbersApart: -7.12,
  namesApart: -5.73,
  wordsApart: -0.65,
  numbersNowhere: -2.72,
  namesNowhere: -4.83,
  wordsNowhere: -0.11,
  akin: -0.75,
  spread: -1.99,
  limits: -0.58,
  limitsAlone: -1.38,
  conflict: -2.35,
};
const BIAS = -3.56;
const NAMES = Object.keys(WEIGHTS) as (keyof Features)[];

/** How likely a claim is carried by its sources, 0…1; 0.5 where half of the made pairs were. */
export function scoreOf(features: Features): number {
  let sum = BIAS;
  for (const name of NAMES) sum += WEIGHTS[name] * features[name];
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Odds from here on, for or against, settle a claim: no dearer level is asked. Of made pairs a fifth lies between; one in nine
 * below is carried, one in seven above is not.
 */
const SETTLING_ODDS = 2;

/** Whether a score is too near the middle to settle anything. */
export function isUnsure(score: number): boolean {
  const odds = score / (1 - score);
  return odds < SETTLING_ODDS && odds > 1 / SETTLING_ODDS;
}
