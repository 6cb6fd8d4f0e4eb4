import type { Metrics } from '../report/report.ts';

/**
 * What figures measured at several sizes would be at another, by the power of the size that fits them best (least squares
 * of the logarithms). Shares of 1, such as recall, are left out: they do not grow.
 * @param sizes at least two different ones, one for each entry of `measured`
 */
export function extrapolate(sizes: readonly number[], measured: readonly Metrics[], to: number): Metrics {
  const keys = Object.keys(measured[0] ?? {}).filter((key) => /(Ms|Mb)$/.test(key));
  return Object.fromEntries(
    keys.map((key) => {
      const points = sizes.map((size, n) => [Math.log(size), Math.log(measured[n]?.[key] ?? Number.NaN)] as const);
      return [key, at(points, Math.log(to))];
    }),
  );
}

function at(points: readonly (readonly [number, number])[], x: number): number {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const above = points.reduce((sum, [px, py]) => sum + (px - meanX) * (py - meanY), 0);
  const below = points.reduce((sum, [px]) => sum + (px - meanX) ** 2, 0);
  return Math.exp(meanY + (above / below) * (x - meanX));
}
