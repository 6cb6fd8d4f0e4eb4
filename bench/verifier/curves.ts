/** A score with the truth. */
export interface Scored {
  readonly score: number;
  readonly positive: boolean;
}

/**
 * The chance that a positive scores above a negative, ties half (Mann and Whitney, 1947).
 * @returns 0…1; NaN when one of the classes is empty
 */
export function auroc(scored: readonly Scored[]): number {
  const positives = scored.filter((each) => each.positive);
  const negatives = scored.filter((each) => !each.positive);
  let wins = 0;
  for (const { score } of positives) {
    for (const other of negatives) wins += score > other.score ? 1 : score === other.score ? 0.5 : 0;
  }
  return wins / (positives.length * negatives.length);
}

/** The mean of the shares of positives at or above the threshold and of negatives below it, 0…1. */
export function balancedAccuracy(scored: readonly Scored[], threshold: number): number {
  const share = (positive: boolean): number => {
    const own = scored.filter((each) => each.positive === positive);
    return own.filter(({ score }) => score >= threshold === positive).length / own.length;
  };
  return (share(true) + share(false)) / 2;
}
