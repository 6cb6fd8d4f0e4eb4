/**
 * The quantile by linear interpolation between the two nearest values (type 7 of Hyndman and Fan, 1996).
 * @param values any order, at least one
 * @param share 0…1; .5 is the median
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}

/** The middle value; the mean of the two middle ones when their number is even. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

/** The sum; 0 of nothing. */
export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
