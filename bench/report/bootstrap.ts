import { below, type Random } from '../corpus/random.ts';
import { mean, quantile } from './quantiles.ts';

/** An interval that holds the true mean in 95 of 100 repetitions. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;

/**
 * 95 % interval of the mean by the percentile bootstrap (Efron, 1979) over the queries. Given the differences of two
 * systems query by query it is the paired interval: the systems differ when 0 is outside.
 * @param values one per query, at least one
 */
export function bootstrapInterval(values: readonly number[], random: Random): Interval {
  return bootstrapOverSets([values], random);
}

/**
 * The same for the mean over several sets of queries, each set weighing the same: queries are drawn within their set.
 * @param sets values by set and query, at least one set, none empty
 */
export function bootstrapOverSets(sets: readonly (readonly number[])[], random: Random): Interval {
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(sets.map((values) => mean(values.map(() => values[below(random, values.length)] ?? 0)))),
  );
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}
