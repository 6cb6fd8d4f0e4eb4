/** One question: what was measured of each candidate, and which of them answer it. */
export interface Choice {
  /** [candidate][trait] */
  readonly traits: readonly (readonly number[])[];
  readonly right: readonly boolean[];
}

const STEPS = 300;
const RATE = 0.35;
/** Share of the step before that goes on (Polyak 1964). */
const MOMENTUM = 0.8;

/** Candidates of all questions in a row. */
interface Rows {
  readonly width: number;
  /** [candidate × trait], standardised. */
  readonly values: Float64Array;
  readonly right: readonly boolean[];
  /** Where each question's candidates begin; last: where the last one's end. */
  readonly starts: readonly number[];
}

/**
 * Weights that make the right candidates the likeliest: gradient ascent on the likelihood of a softmax over each question's
 * candidates, traits standardised. Choices without a right candidate say nothing.
 * @param ridge pulls the weights to zero
 * @returns weights of the traits as they are
 */
export function fitSoftmax(choices: readonly Choice[], ridge: number): number[] {
  const usable = choices.filter(({ right }) => right.includes(true));
  const spreads = spreadsOf(usable.flatMap(({ traits }) => traits));
  const rows = rowsOf(usable, spreads);
  const weights = new Float64Array(rows.width);
  const moved = new Float64Array(rows.width);
  for (let step = 0; step < STEPS; step++) {
    const slopes = slopesOf(rows, weights);
    for (const [at, slope] of slopes.entries()) {
      const weight = weights[at] as number;
      const move = MOMENTUM * (moved[at] as number) + RATE * (slope / usable.length - ridge * weight);
      moved[at] = move;
      weights[at] = weight + move;
    }
  }
  return [...weights].map((weight, at) => weight / (spreads[at] ?? 1));
}

function rowsOf(choices: readonly Choice[], spreads: readonly number[]): Rows {
  const starts = [0];
  for (const { traits } of choices) starts.push((starts.at(-1) ?? 0) + traits.length);
  const scaled = choices.flatMap(({ traits }) =>
    traits.flatMap((row) => row.map((value, at) => value / (spreads[at] ?? 1))),
  );
  const right = choices.flatMap((each) => each.right);
  return { width: spreads.length, values: Float64Array.from(scaled), right, starts };
}

function slopesOf(rows: Rows, weights: Float64Array): Float64Array {
  const { width, values, starts } = rows;
  const odds = new Float64Array(starts.at(-1) ?? 0);
  for (let row = 0; row < odds.length; row++) {
    let score = 0;
    for (let at = 0; at < width; at++) score += (values[row * width + at] as number) * (weights[at] as number);
    odds[row] = score;
  }
  const slopes = new Float64Array(width);
  for (let question = 0; question + 1 < starts.length; question++)
    addSlopes(slopes, { rows, odds, from: starts[question] ?? 0, to: starts[question + 1] ?? 0 });
  return slopes;
}

/** Adds one question's slopes; `odds` holds the candidates' scores. */
function addSlopes(
  slopes: Float64Array,
  given: { readonly rows: Rows; readonly odds: Float64Array; readonly from: number; readonly to: number },
): void {
  const { rows, odds, from, to } = given;
  const { width, values, right } = rows;
  const highest = odds.subarray(from, to).reduce((best, score) => Math.max(best, score), -Infinity);
  let [all, good] = [0, 0];
  for (let row = from; row < to; row++) {
    const each = Math.exp((odds[row] as number) - highest);
    odds[row] = each;
    all += each;
    if (right[row] === true) good += each;
  }
  for (let row = from; row < to; row++) {
    const each = odds[row] as number;
    const pull = (right[row] === true ? each / good : 0) - each / all;
    for (let at = 0; at < width; at++)
      slopes[at] = (slopes[at] as number) + pull * (values[row * width + at] as number);
  }
}

function spreadsOf(rows: readonly (readonly number[])[]): number[] {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, at) => {
    const mean = rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length;
    return Math.sqrt(rows.reduce((sum, row) => sum + ((row[at] ?? 0) - mean) ** 2, 0) / rows.length) || 1;
  });
}
