import { byScore, type Scored } from '../fusion.ts';

/** Reads question and passage together; adapters: a cross-encoder in this process, a provider's rerank model. */
export interface Reranker {
  readonly name: string;
  /**
   * One score per passage, in order; higher is better, any range; NaN: it gave none.
   * @throws PlumblineError when it cannot; the search goes on without it
   */
  scores(question: string, passages: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
}

/**
 * Orders the first of a ranking by the reranker's scores; what has none follows them, then the rest in its order.
 * @param ranking best first
 * @param scores chunk → score, for some of the first
 * @returns the same chunks, best first; those reranked have scores from one above the rest to two above it
 */
export function rerank(ranking: readonly Scored[], scores: ReadonlyMap<string, number>): Scored[] {
  const values = [...scores.values()];
  const lowest = Math.min(...values);
  const range = Math.max(...values) - lowest;
  const rest = ranking.filter(({ id }) => !scores.has(id));
  const above = (rest[0]?.score ?? 0) + 1;
  const read = ranking.flatMap(({ id }) => {
    const score = scores.get(id);
    return score === undefined ? [] : { id, score: above + (range > 0 ? (score - lowest) / range : 0) };
  });
  return [...read.sort(byScore), ...rest];
}
