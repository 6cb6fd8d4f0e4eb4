/** A step of a curve that never falls. */
export interface Step {
  /** Middle of the scores that were pooled. */
  readonly middle: number;
  readonly value: number;
}

/**
 * The rising curve nearest to the outcomes in weighted least squares: pool adjacent violators (Ayer, Brunk, Ewing, Reid and
 * Silverman 1955). Both classes weigh the same, so that .5 is where they are equally likely.
 * @returns steps by rising score; each the mean over a block, kept 1 / (n + 2) away from 0 and 1
 */
export function isotonic(points: readonly { readonly score: number; readonly positive: boolean }[]): Step[] {
  const weightOf = (positive: boolean): number =>
    0.5 / Math.max(1, points.filter((each) => each.positive === positive).length);
  const [up, down] = [weightOf(true), weightOf(false)];
  const blocks: { from: number; to: number; positive: number; total: number }[] = [];
  for (const { score, positive } of [...points].sort((a, b) => a.score - b.score)) {
    blocks.push({ from: score, to: score, positive: positive ? up : 0, total: positive ? up : down });
    for (
      let last = blocks.at(-1), before = blocks.at(-2);
      last && before;
      last = blocks.at(-1), before = blocks.at(-2)
    ) {
      if (before.positive / before.total < last.positive / last.total) break;
      blocks.splice(-2, 2, {
        from: before.from,
        to: last.to,
        positive: before.positive + last.positive,
        total: before.total + last.total,
      });
    }
  }
  const least = 1 / (points.length + 2);
  return blocks.map(({ from, to, positive, total }) => ({
    middle: (from + to) / 2,
    value: Math.min(1 - least, Math.max(least, positive / total)),
  }));
}
