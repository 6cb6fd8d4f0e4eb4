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
 * From these odds on a claim that leans to being carried is settled. This and the next figure are what a judge may cost: they
 * were set on the sets of `bench -- verifier` so that at most 40 % of their claims reach it, with the accuracy behind a
 * judge in sight: of those two figures alone the benchmark is no independent witness.
 */
const SETTLING_ODDS = 1.3;
/** Sources that say less of a claim than this, by weight, are about something else. */
const ABOUT_IT = 0.6;

/**
 * Whether a score settles a claim, so that no dearer level is asked. A low one does so only where something is missing that
 * no paraphrase replaces, a number or a name, or where the sources say little of it: other words may be another way to
 * say it.
 */
export function isSettled(features: Features, score: number): boolean {
  if (score >= 0.5) return score / (1 - score) >= SETTLING_ODDS;
  const { numbersApart, numbersNowhere, namesApart, namesNowhere } = features;
  return numbersApart + numbersNowhere + namesApart + namesNowhere > 0 || features.anywhere < ABOUT_IT;
}
