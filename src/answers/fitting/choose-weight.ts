/** Parts the questions are cut into: the weight that is best on the others is measured on each. */
const FOLDS = 5;
/** Standard errors on either side of a mean that hold the true one in 95 of 100 repetitions. */
const NORMAL_95 = 1.96;

/** How well each weight did: one figure per question, higher is better, the same questions in the same order for all. */
export interface WeightResults {
  readonly weight: number;
  readonly figures: readonly number[];
}

/** A weight that was chosen, and whether it is worth taking. */
export interface ChosenWeight {
  readonly weight: number;
  /** Means over the questions with the weight there was, and with weights chosen without the question that is measured. */
  readonly before: number;
  readonly heldOut: number;
  /** Of the difference, the lower end of the 95 % interval, paired by question. */
  readonly gainLow: number;
  /** Whether it is better for sure: `gainLow` is above 0. */
  readonly isBetter: boolean;
}

/**
 * Chooses a weight by cross-validation: what it gains is measured on questions it was not chosen on, so that chance on few questions
 * does not count as a gain. Pure; the same input gives the same choice.
 * @param results one entry per weight, at least one
 * @param current the weight that is used now; one of them
 */
export function chooseWeight(results: readonly WeightResults[], current: number): ChosenWeight {
  const now = results.find(({ weight }) => weight === current) ?? results[0];
  const count = now?.figures.length ?? 0;
  const best = Array.from({ length: FOLDS }, (_, without) => bestOf(results, { current, without }));
  const figures = Array.from({ length: count }, (_, question) => best[question % FOLDS]?.figures[question] ?? 0);
  const gains = figures.map((figure, question) => figure - (now?.figures[question] ?? 0));
  const gain = mean(gains);
  const spread = Math.sqrt(gains.reduce((sum, each) => sum + (each - gain) ** 2, 0) / Math.max(1, count - 1));
  const gainLow = gain - (NORMAL_95 * spread) / Math.sqrt(Math.max(1, count));
  const weight = bestOf(results, { current, without: null })?.weight ?? current;
  return {
    weight,
    before: mean(now?.figures ?? []),
    heldOut: mean(figures),
    gainLow,
    isBetter: gainLow > 0 && weight !== current,
  };
}

/** The best on all questions but those of one part; of equals the current one, then the nearest to it. */
function bestOf(
  results: readonly WeightResults[],
  { current, without }: { readonly current: number; readonly without: number | null },
): WeightResults | undefined {
  const valued = results.map((each) => {
    const figures = each.figures.filter((_, question) => without === null || question % FOLDS !== without);
    return { each, value: mean(figures), distance: Math.abs(each.weight - current) };
  });
  return valued.sort((a, b) => b.value - a.value || a.distance - b.distance)[0]?.each;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
