/** Judgements of one query: document → grade; 0 is "judged, not relevant", a document that is missing is not judged. */
export type Judgements = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain as trec_eval's `ndcg_cut` computes it (Järvelin and Kekäläinen, 2002): the gain is
 * the grade, the discount log2(rank + 1), the ideal ranks all judged documents by grade.
 * @param ranking documents, best first; a repeated one counts once, where it first stands
 * @param cut how many ranks count, ≥ 1
 * @returns 0…1, higher is better; 0 when nothing is relevant
 */
export function ndcg(ranking: readonly string[], judgements: Judgements, cut: number): number {
  const grades = [...new Set(ranking)].slice(0, cut).map((id) => judgements.get(id) ?? 0);
  const ideal = [...judgements.values()].sort((a, b) => b - a).slice(0, cut);
  const best = discounted(ideal);
  return best === 0 ? 0 : discounted(grades) / best;
}

/**
 * Share of the relevant documents (grade ≥ 1) among the first `cut`.
 * @returns 0…1, higher is better; 0 when nothing is relevant
 */
export function recall(ranking: readonly string[], judgements: Judgements, cut: number): number {
  const found = new Set(ranking.slice(0, cut));
  const relevant = [...judgements].filter(([, grade]) => grade > 0);
  return relevant.length === 0 ? 0 : relevant.filter(([id]) => found.has(id)).length / relevant.length;
}

function discounted(grades: readonly number[]): number {
  return grades.reduce((sum, grade, index) => sum + Math.max(0, grade) / Math.log2(index + 2), 0);
}
