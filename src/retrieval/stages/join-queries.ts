import { byScore, type Fusion, fuseByRank, type Scored } from '../fusion.ts';

/**
 * Joins the ranking of a question with those of its other wordings: the question weighs as much as all others together, each other the
 * same. Fused by score, each ranking is first scaled to 0…1 from its last to its best; what a ranking lacks counts 0 in it.
 * Wordings that find the same in the same order change no order.
 * @param own best first
 * @param others best first; an empty one found nothing and has no say
 * @returns every chunk that any of them has, best first
 */
export function joinQueries(
  own: readonly Scored[],
  others: readonly (readonly Scored[])[],
  by: Fusion['by'],
): readonly Scored[] {
  const heard = others.filter((ranking) => ranking.length > 0);
  if (heard.length === 0) return own;
  const valued = by === 'rank' ? valuesByRank : valuesByScore;
  const joined = new Map(valued(own).map(({ id, score }) => [id, score]));
  for (const ranking of heard) {
    for (const { id, score } of valued(ranking)) joined.set(id, (joined.get(id) ?? 0) + score / heard.length);
  }
  return [...joined].map(([id, score]) => ({ id, score })).sort(byScore);
}

function valuesByRank(ranking: readonly Scored[]): Scored[] {
  return fuseByRank([ranking]);
}

/** Min–max: the best counts 1, the last 0; where all are equal, 1. */
function valuesByScore(ranking: readonly Scored[]): Scored[] {
  const highest = ranking[0]?.score ?? 0;
  const range = highest - (ranking.at(-1)?.score ?? 0);
  return ranking.map(({ id, score }) => ({ id, score: range > 0 ? 1 - (highest - score) / range : 1 }));
}
