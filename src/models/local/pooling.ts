import type { ModelDescription } from './model-description.ts';

/**
 * One vector from a model's token vectors.
 * @param values [token][dimension], every token attended
 * @param dimensions ≥ 1
 * @param pooling the mean of all tokens, or the first ([CLS])
 */
export function poolTokens(
  values: Float32Array,
  dimensions: number,
  pooling: ModelDescription['pooling'],
): Float32Array<ArrayBuffer> {
  if (pooling === 'cls') return values.slice(0, dimensions);
  const sum = new Float32Array(dimensions);
  for (let start = 0; start + dimensions <= values.length; start += dimensions) {
    for (let index = 0; index < dimensions; index++) sum[index] = (sum[index] ?? 0) + (values[start + index] ?? 0);
  }
  const tokens = Math.max(1, values.length / dimensions);
  for (let index = 0; index < dimensions; index++) sum[index] = (sum[index] ?? 0) / tokens;
  return sum;
}

/** Scales a vector, in place, to length 1. A vector of zeros or of no numbers stays as it is. */
export function toUnitLength<Vector extends Float32Array>(vector: Vector): Vector {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (length > 0) for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) / length;
  return vector;
}
