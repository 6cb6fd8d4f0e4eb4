/** A logistic regression: one weight per raw feature. */
export interface Fitted {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** Features with the truth. */
export interface Example {
  readonly values: readonly number[];
  readonly positive: boolean;
}

const ROUNDS = 30;
const CLOSE_ENOUGH = 1e-6;

/** The chance that an example is positive, 0…1. */
export function predict({ weights, bias }: Fitted, values: readonly number[]): number {
  return 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias)));
}

/**
 * Newton's method with a penalty on the squares of the weights of standardised features (Hastie, Tibshirani and Friedman,
 * The Elements of Statistical Learning, 2009, §4.4.1).
 */
export function fitLogistic(examples: readonly Example[], penalty: number): Fitted {
  const means = byFeature(examples, mean);
  const scales = byFeature(examples, deviation);
  const rows = examples.map(({ values }) => [
    1,
    ...values.map((value, i) => (value - (means[i] ?? 0)) / (scales[i] ?? 1)),
  ]);
  let theta = (rows[0] ?? []).map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { gradient, hessian } = slopeAt(theta, { rows, examples, penalty });
    const step = solve(hessian, gradient);
    theta = theta.map((value, i) => value - (step[i] ?? 0));
    if (Math.max(...step.map(Math.abs)) < CLOSE_ENOUGH) break;
  }
  const weights = theta.slice(1).map((value, i) => value / (scales[i] ?? 1));
  return { weights, bias: weights.reduce((sum, weight, i) => sum - weight * (means[i] ?? 0), theta[0] ?? 0) };
}

function byFeature(examples: readonly Example[], of: (values: number[]) => number): number[] {
  return (examples[0]?.values ?? []).map((_, i) => of(examples.map(({ values }) => values[i] ?? 0)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 1 where all are the same. */
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) || 1;
}

interface Problem {
  readonly rows: readonly (readonly number[])[];
  readonly examples: readonly Example[];
  readonly penalty: number;
}

/** First and second derivatives of the penalised loss. */
function slopeAt(
  theta: readonly number[],
  { rows, examples, penalty }: Problem,
): { gradient: number[]; hessian: number[][] } {
  const gradient = theta.map((value, i) => (i === 0 ? 0 : penalty * value));
  const hessian = theta.map((_, i) => theta.map((__, j) => (i === j && i > 0 ? penalty : 0)));
  rows.forEach((row, n) => {
    const chance = predict({ weights: theta, bias: 0 }, row);
    const error = chance - (examples[n]?.positive === true ? 1 : 0);
    row.forEach((value, i) => {
      gradient[i] = (gradient[i] ?? 0) + error * value;
      const line = hessian[i] ?? [];
      row.forEach((other, j) => {
        line[j] = (line[j] ?? 0) + chance * (1 - chance) * value * other;
      });
    });
  });
  return { gradient, hessian };
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const size = rows.length;
  for (let at = 0; at < size; at += 1) {
    let pivot = at;
    for (let i = at + 1; i < size; i += 1)
      if (Math.abs(rows[i]?.[at] ?? 0) > Math.abs(rows[pivot]?.[at] ?? 0)) pivot = i;
    [rows[at], rows[pivot]] = [rows[pivot] as number[], rows[at] as number[]];
    const line = rows[at] as number[];
    for (let i = at + 1; i < size; i += 1) {
      const other = rows[i] as number[];
      const factor = (other[at] as number) / (line[at] as number);
      for (let j = at; j <= size; j += 1) other[j] = (other[j] as number) - factor * (line[j] as number);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at -= 1) {
    const line = rows[at] as number[];
    let rest = line[size] as number;
    for (let j = at + 1; j < size; j += 1) rest -= (line[j] as number) * (solution[j] as number);
    solution[at] = rest / (line[at] as number);
  }
  return solution;
}
