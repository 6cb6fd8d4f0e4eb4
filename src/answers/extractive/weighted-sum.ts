/** Sum of values times their weights, which stand in the same order; a value without a weight counts nothing. */
export function weightedSum(values: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  for (const [at, value] of values.entries()) sum += value * (weights[at] ?? 0);
  return sum;
}
