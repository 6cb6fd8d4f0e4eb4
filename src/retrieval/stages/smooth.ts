import { byScore, type Scored } from '../fusion.ts';
import { dotProduct } from './dot-product.ts';

/** How much a chunk's score is drawn towards its neighbours'. */
export interface Smoothing {
  /** What the neighbours weigh, 0…0.9; 0: nothing. */
  readonly weight: number;
  /** How many neighbours, 1…50. */
  readonly neighbours: number;
}

/** How many of the best take part: each is compared with each, so the cost grows with the square. */
export const SMOOTHED = 50;

/**
 * Draws the score of each of the first 50 towards the mean of its nearest neighbours among them, weighted by cosine:
 * `(1 − weight) · score + weight · mean`. What stands among good results rises, what stands alone sinks (score
 * regularisation: Diaz, CIKM 2005). A new score is never below the lowest of the 50, so the rest keeps its place below.
 * @param ranking best first
 * @param vectors unit length; a chunk without one keeps its score and is nobody's neighbour
 * @returns the same chunks, best first
 */
export function smooth(
  ranking: readonly Scored[],
  vectors: ReadonlyMap<string, Float32Array>,
  { weight, neighbours }: Smoothing,
): Scored[] {
  const head = ranking.slice(0, SMOOTHED);
  const placed = head.flatMap(({ id, score }) => {
    const vector = vectors.get(id);
    return vector === undefined ? [] : { id, score, vector };
  });
  const cosines = pairwise(placed.map((each) => each.vector));
  const means = new Map(placed.map(({ id }, row) => [id, meanOfNearest(placed, cosines[row], neighbours)]));
  const smoothed = head.map(({ id, score }) => {
    const mean = means.get(id) ?? null;
    return { id, score: mean === null ? score : (1 - weight) * score + weight * mean };
  });
  return [...smoothed, ...ranking.slice(SMOOTHED)].sort(byScore);
}

/** Cosines `[row][column]` of each to each, below 0 counted as 0; to itself 0. */
function pairwise(vectors: readonly Float32Array[]): Float64Array[] {
  const rows = vectors.map(() => new Float64Array(vectors.length));
  for (const [row, vector] of vectors.entries()) {
    for (const [column, other] of vectors.slice(0, row).entries()) {
      const cosine = Math.max(0, dotProduct(vector, other));
      rows[row]?.fill(cosine, column, column + 1);
      rows[column]?.fill(cosine, row, row + 1);
    }
  }
  return rows;
}

function meanOfNearest(placed: readonly Scored[], cosines: Float64Array | undefined, count: number): number | null {
  const nearest = placed
    .map(({ score }, index) => ({ score, cosine: cosines?.[index] ?? 0 }))
    .filter(({ cosine }) => cosine > 0)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count);
  const total = nearest.reduce((sum, { cosine }) => sum + cosine, 0);
  return total === 0 ? null : nearest.reduce((sum, { cosine, score }) => sum + cosine * score, 0) / total;
}
