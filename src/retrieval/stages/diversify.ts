import { byScore, type Scored } from '../fusion.ts';
import { dotProduct } from './dot-product.ts';

/** How many of the best are rearranged. */
export const DIVERSIFIED = 50;

/**
 * Rearranges the first 50 so that each says something the ones before it do not: maximal marginal relevance (Carbonell
 * and Goldstein, SIGIR 1998), `(1 − diversity) · relevance − diversity · highest cosine to one above`. Relevance is the
 * score scaled to 0…1 over the 50. The rest follows below in its order.
 * @param ranking best first
 * @param vectors unit length; a chunk without one counts as like nothing
 * @param diversity 0…1; 0 keeps the order
 * @returns the same chunks, best first, scored by that value, which never rises down the ranking
 */
export function diversify(
  ranking: readonly Scored[],
  vectors: ReadonlyMap<string, Float32Array>,
  diversity: number,
): Scored[] {
  const waiting = relevances(ranking.slice(0, DIVERSIFIED));
  const chosen: Scored[] = [];
  while (waiting.length > 0) {
    const values = waiting.map(({ relevance, likeness }) => (1 - diversity) * relevance - diversity * likeness);
    const best = values.reduce((at, value, index) => (value > (values[at] ?? 0) ? index : at), 0);
    const [taken] = waiting.splice(best, 1);
    if (taken === undefined) break;
    chosen.push({ id: taken.id, score: values[best] ?? 0 });
    const vector = vectors.get(taken.id);
    for (const each of waiting) {
      const other = vectors.get(each.id);
      if (vector === undefined || other === undefined) continue;
      each.likeness = Math.max(each.likeness, dotProduct(vector, other));
    }
  }
  return [...chosen, ...below(chosen.at(-1)?.score ?? 0, ranking.slice(DIVERSIFIED))].sort(byScore);
}

interface Waiting {
  readonly id: string;
  readonly relevance: number;
  /** Highest cosine to a chosen one. */
  likeness: number;
}

function relevances(head: readonly Scored[]): Waiting[] {
  const highest = head[0]?.score ?? 0;
  const range = highest - (head.at(-1)?.score ?? 0);
  return head.map(({ id, score }) => ({
    id,
    relevance: range > 0 ? 1 - (highest - score) / range : 1,
    likeness: 0,
  }));
}

/** The same order and distances, moved so that the first lies below `score`: pages are cut by score. */
function below(score: number, rest: readonly Scored[]): Scored[] {
  const highest = rest[0]?.score ?? 0;
  return rest.map((each) => ({ id: each.id, score: score - 1e-6 - (highest - each.score) }));
}
