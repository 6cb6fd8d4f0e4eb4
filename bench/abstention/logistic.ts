import { weightedSum } from '../../src/answers/extractive/weighted-sum.ts';

/** One observation: its signs, and whether it belongs to the positives. */
export interface Observation {
  readonly signs: readonly number[];
  readonly positive: boolean;
  /** What it counts beside the others of its class; left out: 1. */
  readonly weight?: number;
}

/** A fitted curve: the logarithm of the odds is `bias` plus the weighted sum of the signs. */
export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
}

const STEPS = 1500;
const RATE = 0.3;
/** Share of the step before that goes on (Polyak 1964). */
const MOMENTUM = 0.8;

/**
 * Logistic regression by gradient descent on standardised signs, both classes weighing the same.
 * @param options `ridge` pulls the weights to zero; `signed` says of each sign whether its weight may be positive (1) or negative (−1) only, or either (0)
 */
export function fitLogistic(
  observations: readonly Observation[],
  options: { readonly ridge: number; readonly signed: readonly number[] },
): Logistic {
  const width = options.signed.length;
  const { values, means, spreads } = standardised(observations, width);
  const shares = sharesOf(observations);
  const weights = new Float64Array(width);
  const moved = new Float64Array(width);
  let bias = 0;
  let biasMoved = 0;
  for (let round = 0; round < STEPS; round++) {
    const slopes = new Float64Array(width);
    let biasSlope = 0;
    for (const [row, { positive }] of observations.entries()) {
      let score = bias;
      for (let at = 0; at < width; at++) score += (values[row * width + at] as number) * (weights[at] as number);
      const error = (shares[row] ?? 0) * (sigmoid(score) - (positive ? 1 : 0));
      biasSlope += error;
      for (let at = 0; at < width; at++)
        slopes[at] = (slopes[at] as number) + error * (values[row * width + at] as number);
    }
    biasMoved = MOMENTUM * biasMoved - RATE * biasSlope;
    bias += biasMoved;
    for (const [at, slope] of slopes.entries()) {
      const old = weights[at] as number;
      const step = MOMENTUM * (moved[at] as number) - RATE * (slope + options.ridge * old);
      const isAllowed = (old + step) * (options.signed[at] ?? 1) >= 0;
      weights[at] = isAllowed ? old + step : 0;
      moved[at] = isAllowed ? step : 0;
    }
  }
  const plain = [...weights].map((weight, at) => weight / (spreads[at] ?? 1));
  return { bias: bias - weightedSum(plain, means), weights: plain };
}

function standardised(
  observations: readonly Observation[],
  width: number,
): { readonly values: Float64Array; readonly means: readonly number[]; readonly spreads: readonly number[] } {
  const column = (at: number): number[] => observations.map(({ signs }) => signs[at] ?? 0);
  const means = Array.from({ length: width }, (_, at) => mean(column(at)));
  const spreads = means.map((middle, at) => Math.sqrt(mean(column(at).map((sign) => (sign - middle) ** 2))) || 1);
  const rows = observations.flatMap(({ signs }) =>
    means.map((middle, at) => ((signs[at] ?? 0) - middle) / (spreads[at] ?? 1)),
  );
  return { values: Float64Array.from(rows), means, spreads };
}

/** What each observation counts: both classes a half. */
function sharesOf(observations: readonly Observation[]): number[] {
  const counted = (wanted: boolean): number =>
    observations.reduce((sum, { positive, weight = 1 }) => sum + (positive === wanted ? weight : 0), 0);
  const totals = { right: counted(true), wrong: counted(false) };
  return observations.map(({ positive, weight = 1 }) => (0.5 * weight) / (positive ? totals.right : totals.wrong));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** 1 / (1 + exp(−x)). */
function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
