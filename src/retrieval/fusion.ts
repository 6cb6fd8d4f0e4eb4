/** One entry of a ranking: a chunk and its score in that ranking. */
export interface Scored {
  readonly id: string;
  readonly score: number;
}

/** What the fusing functions combine; both rankings best first. */
export interface Rankings {
  /** BM25 scores, ≥ 0. */
  readonly text: readonly Scored[];
  /** Cosines, −1…1. */
  readonly vectors: readonly Scored[];
  /** True cosines of chunks that the text ranking has and the vector ranking missed. */
  readonly similarities: ReadonlyMap<string, number>;
}

/** How rankings may be joined. */
export const FUSIONS = ['score', 'minmax', 'rank'] as const;

/** How two rankings become one: by score (default), by scores scaled to 0…1, or by rank. */
export type Fusion =
  | { readonly by: 'score' | 'minmax'; readonly weight?: number }
  | { readonly by: 'rank'; readonly k?: number };

/** What the vector ranking weighs against the text ranking; 2 was best or near it on seven test collections. */
export const VECTOR_WEIGHT = 2;
/** The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009). */
const RANK_CONSTANT = 60;

/** Fuses by the method asked for. Higher is better; ties in ascending order of id. */
export function fuse(rankings: Rankings, fusion: Fusion): Scored[] {
  if (fusion.by === 'rank') return fuseByRank([rankings.text, rankings.vectors], fusion.k);
  if (fusion.by === 'minmax') return fuseByMinMax(rankings, fusion.weight);
  return fuseByScore(rankings, fusion.weight);
}

/**
 * `bm25 / max(bm25) + weight · cosine`. A chunk the text ranking lacks counts 0 there; one the vector ranking lacks has
 * its true cosine. A chunk without a vector yet is given the mean cosine of the other text hits: what a text hit is
 * worth on average, so that it is neither buried nor lifted until its vector follows. Better than ranks when one arm is
 * weak, because scores say by how much.
 */
export function fuseByScore(rankings: Rankings, weight: number = VECTOR_WEIGHT): Scored[] {
  const cosines = new Map([...rankings.similarities, ...rankings.vectors.map((hit) => [hit.id, hit.score] as const)]);
  const bestText = rankings.text.reduce((best, hit) => Math.max(best, hit.score), 0);
  const texts = new Map(rankings.text.map((hit) => [hit.id, bestText > 0 ? hit.score / bestText : 0]));
  const expected = expectedCosine(rankings, cosines);
  const fused = [...new Set([...texts.keys(), ...rankings.vectors.map((hit) => hit.id)])].map((id) => ({
    id,
    score: (texts.get(id) ?? 0) + weight * (cosines.get(id) ?? expected),
  }));
  return fused.sort(byScore);
}

/**
 * Each ranking's scores scaled to 0…1 from its lowest to its highest, `words + weight · meaning` (Fox and Shaw's CombSUM with
 * min–max). The cosines of chunks that only the words found count among those of meaning; what a ranking lacks counts 0 in it.
 */
function fuseByMinMax(rankings: Rankings, weight: number = VECTOR_WEIGHT): Scored[] {
  const cosines = new Map([...rankings.similarities, ...rankings.vectors.map((hit) => [hit.id, hit.score] as const)]);
  const texts = scaled(new Map(rankings.text.map((hit) => [hit.id, hit.score])));
  const meanings = scaled(cosines);
  const ids = new Set([...texts.keys(), ...meanings.keys()]);
  return [...ids].map((id) => ({ id, score: (texts.get(id) ?? 0) + weight * (meanings.get(id) ?? 0) })).sort(byScore);
}

/** From the lowest, 0, to the highest, 1; where all are equal, 1. */
function scaled(scores: ReadonlyMap<string, number>): Map<string, number> {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const score of scores.values()) [low, high] = [Math.min(low, score), Math.max(high, score)];
  const range = high - low;
  return new Map([...scores].map(([id, score]) => [id, range > 0 ? (score - low) / range : 1]));
}

/** Reciprocal rank fusion: the sum of `1 / (k + rank)`, ranks from 1. Looks at no score. */
export function fuseByRank(rankings: readonly (readonly Scored[])[], k: number = RANK_CONSTANT): Scored[] {
  const scores = new Map<string, number>();
  for (const ranking of rankings) {
    for (const [index, hit] of ranking.entries()) {
      scores.set(hit.id, (scores.get(hit.id) ?? 0) + 1 / (k + index + 1));
    }
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort(byScore);
}

/** Order of every ranking: best score first, ties in ascending order of id, so that pages never overlap. */
export function byScore(a: Scored, b: Scored): number {
  if (a.score !== b.score) return b.score - a.score;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function expectedCosine(rankings: Rankings, cosines: ReadonlyMap<string, number>): number {
  const known = rankings.text.flatMap((hit) => cosines.get(hit.id) ?? []);
  if (known.length > 0) return known.reduce((sum, cosine) => sum + cosine, 0) / known.length;
  return rankings.vectors.at(-1)?.score ?? 0;
}
