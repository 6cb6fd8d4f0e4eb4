import { below, type Random } from '../corpus/random.ts';
import { quantile } from '../report/quantiles.ts';
import { auroc, type Scored } from '../verifier/curves.ts';

const RESAMPLES = 1000;

/** 95 % interval of the area under the ROC curve by the percentile bootstrap (Efron 1979), each class drawn by itself. */
export function aurocInterval(
  scored: readonly Scored[],
  random: Random,
): { readonly low: number; readonly high: number } {
  const areas = Array.from({ length: RESAMPLES }, () => auroc(resampled(scored, random)));
  return { low: quantile(areas, 0.025), high: quantile(areas, 0.975) };
}

/**
 * The same for how much one score is better than another on the same questions: they differ when 0 is outside.
 * @param pairs by question, both scores of the same question
 */
export function aurocGain(
  pairs: readonly { readonly positive: boolean; readonly score: number; readonly other: number }[],
  random: Random,
): { readonly low: number; readonly high: number } {
  const gains = Array.from({ length: RESAMPLES }, () => {
    const drawn = resampled(pairs, random);
    return auroc(drawn) - auroc(drawn.map(({ positive, other }) => ({ positive, score: other })));
  });
  return { low: quantile(gains, 0.025), high: quantile(gains, 0.975) };
}

function resampled<T extends { readonly positive: boolean }>(items: readonly T[], random: Random): T[] {
  const [positives, negatives] = [items.filter(({ positive }) => positive), items.filter(({ positive }) => !positive)];
  return [positives, negatives].flatMap((own) =>
    own.map(() => own[below(random, own.length)]).filter((each) => each !== undefined),
  );
}
