/** Vectors one after the other: vector `n` begins at `values[n · dimensions]`; all of unit length. */
export interface Cloud {
  readonly values: Float32Array;
  readonly dimensions: number;
  readonly count: number;
}

/** How a cloud of vectors looks from its own points. */
export interface Shape {
  /** Median over the probes of the distance to the nearest other vector, Euclidean, 0…2. */
  readonly nearestDistance: number;
  /** Dimensions a small ball around a point has. */
  readonly intrinsicDimension: number;
}

/** Neighbours the intrinsic dimension is estimated from. */
const NEIGHBOURS = 20;

/** The nearest of the cloud to a vector: positions and cosines, best first. */
function nearest(
  cloud: Cloud,
  vector: Float32Array,
  count: number,
): { readonly at: number; readonly cosine: number }[] {
  const best: { at: number; cosine: number }[] = [];
  let worst = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < cloud.count; at++) {
    const cosine = dotAt(cloud, at, vector);
    if (best.length === count && cosine <= worst) continue;
    let place = best.length;
    while (place > 0 && (best[place - 1] as { cosine: number }).cosine < cosine) place--;
    best.splice(place, 0, { at, cosine });
    if (best.length > count) best.pop();
    worst = (best.at(-1) as { cosine: number }).cosine;
  }
  return best;
}

/**
 * Nearest-neighbour distance and intrinsic dimension, seen from evenly spaced points of the cloud. The dimension is the
 * maximum-likelihood estimate of Levina and Bickel (2004) averaged as MacKay and Ghahramani (2005) correct it.
 * @param probes how many points look around
 */
export function shapeOf(cloud: Cloud, probes: number): Shape {
  const step = Math.max(1, Math.floor(cloud.count / probes));
  const nearestDistances: number[] = [];
  let inverse = 0;
  let counted = 0;
  for (let probe = 0; probe < cloud.count; probe += step) {
    const own = cloud.values.subarray(probe * cloud.dimensions, (probe + 1) * cloud.dimensions);
    const distances = nearest(cloud, own, NEIGHBOURS + 1)
      .filter(({ at }) => at !== probe)
      .map(({ cosine }) => Math.sqrt(Math.max(0, 2 - 2 * cosine)))
      .slice(0, NEIGHBOURS);
    nearestDistances.push(distances[0] ?? 0);
    const last = distances.at(-1) ?? 0;
    const logs = distances.slice(0, -1).map((distance) => Math.log(last / Math.max(distance, 1e-6)));
    inverse += logs.reduce((sum, value) => sum + value, 0) / logs.length;
    counted++;
  }
  nearestDistances.sort((a, b) => a - b);
  const middle = nearestDistances[Math.floor(nearestDistances.length / 2)] ?? 0;
  return { nearestDistance: middle, intrinsicDimension: counted / inverse };
}

function dotAt({ values, dimensions }: Cloud, at: number, vector: Float32Array): number {
  const start = at * dimensions;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < dimensions; i += 4) {
    a += (vector[i] as number) * (values[start + i] as number);
    b += (vector[i + 1] as number) * (values[start + i + 1] as number);
    c += (vector[i + 2] as number) * (values[start + i + 2] as number);
    d += (vector[i + 3] as number) * (values[start + i + 3] as number);
  }
  return a + b + c + d;
}
