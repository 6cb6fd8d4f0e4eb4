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

const STEPS = 3000;
const RATE = 0.3;

/**
 * Logistic regression by gradient descent on standardised signs, both classes weighing the same.
 * @param options `ridge` pulls the weights to zero; `signed` says of each sign whether its weight may be positive (1) or negative (−1) only, or either (0)
 */
export function fitLogistic(
  observations: readonly Observation[],
  options: { readonly ridge: number; readonly signed: readonly number[] },
): Logistic {
  const width = options.signed.length;
  const means = column(width, (at) => mean(observations.map(({ signs }) => signs[at] ?? 0)));
  const spreads = column(
    width,
    (at) => Math.sqrt(mean(observations.map(({ signs }) => ((signs[at] ?? 0) - (means[at] ?? 0)) ** 2))) || 1,
  );
  const counted = (wanted: boolean): number =>
    observations.reduce((sum, { positive, weight = 1 }) => sum + (positive === wanted ? weight : 0), 0);
  const totals = { right: counted(true), wrong: counted(false) };
  const rows = observations.map(({ signs, positive, weight = 1 }) => ({
    values: column(width, (at) => ((signs[at] ?? 0) - (means[at] ?? 0)) / (spreads[at] ?? 1)),
    wanted: positive ? 1 : 0,
    weight: (0.5 * weight) / (positive ? totals.right : totals.wrong),
  }));
  let weights = column(width, () => 0);
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const errors = rows.map(({ values, wanted, weight }) => weight * (sigmoid(bias + dot(weights, values)) - wanted));
    bias -= RATE * errors.reduce((sum, error) => sum + error, 0);
    weights = weights.map((old, at) => {
      const slope = rows.reduce((sum, { values }, row) => sum + (errors[row] ?? 0) * (values[at] ?? 0), 0);
      const next = old - RATE * (slope + options.ridge * old);
      return next * (options.signed[at] ?? 1) < 0 ? 0 : next;
    });
  }
  const plain = weights.map((weight, at) => weight / (spreads[at] ?? 1));
  return { bias: bias - dot(plain, means), weights: plain };
}

function column(width: number, make: (at: number) => number): number[] {
  return Array.from({ length: width }, (_, at) => make(at));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Sum of products. */
export function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

/** 1 / (1 + exp(−x)). */
function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
