/** One question: what was measured of each candidate, and which of them answer it. */
export interface Choice {
  /** [candidate][trait] */
  readonly traits: readonly (readonly number[])[];
  readonly right: readonly boolean[];
}

const STEPS = 600;
const RATE = 0.7;

/**
 * Weights that make the right candidates the likeliest: gradient ascent on the likelihood of a softmax over each question's
 * candidates, traits standardised. Choices without a right candidate say nothing.
 * @param ridge pulls the weights to zero
 * @returns weights of the traits as they are
 */
export function fitSoftmax(choices: readonly Choice[], ridge: number): number[] {
  const usable = choices.filter(({ right }) => right.includes(true));
  const width = usable[0]?.traits[0]?.length ?? 0;
  const spreads = spreadsOf(
    usable.flatMap(({ traits }) => traits),
    width,
  );
  const scaled = usable.map(({ traits, right }) => ({
    right,
    traits: traits.map((row) => row.map((value, at) => value / (spreads[at] ?? 1))),
  }));
  let weights = Array.from({ length: width }, () => 0);
  for (let step = 0; step < STEPS; step++) {
    const slopes = Array.from({ length: width }, () => 0);
    for (const choice of scaled) addSlopes(slopes, choice, weights);
    weights = weights.map((weight, at) => weight + RATE * ((slopes[at] ?? 0) / scaled.length - ridge * weight));
  }
  return weights.map((weight, at) => weight / (spreads[at] ?? 1));
}

function addSlopes(slopes: number[], { traits, right }: Choice, weights: readonly number[]): void {
  const scores = traits.map((row) => product(row, weights));
  const highest = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - highest));
  const all = odds.reduce((sum, each) => sum + each, 0);
  const good = odds.reduce((sum, each, i) => sum + (right[i] === true ? each : 0), 0);
  for (const [i, row] of traits.entries()) {
    const pull = (right[i] === true ? (odds[i] ?? 0) / good : 0) - (odds[i] ?? 0) / all;
    for (let at = 0; at < slopes.length; at++) slopes[at] = (slopes[at] ?? 0) + pull * (row[at] ?? 0);
  }
}

/** Sum of products. */
export function product(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

function spreadsOf(rows: readonly (readonly number[])[], width: number): number[] {
  return Array.from({ length: width }, (_, at) => {
    const mean = rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length;
    return Math.sqrt(rows.reduce((sum, row) => sum + ((row[at] ?? 0) - mean) ** 2, 0) / rows.length) || 1;
  });
}
