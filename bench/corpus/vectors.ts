import { gaussian, type Random } from './random.ts';

/** The vector at unit length; a zero vector stays zero. */
function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Random directions, evenly spread. @returns `Float32Array[]` — [index][dimension], unit length */
export function randomDirections(random: Random, count: number, dimensions: number): Float32Array[] {
  return Array.from({ length: count }, () => unit(Float32Array.from({ length: dimensions }, () => gaussian(random))));
}

/**
 * A mixture of two vectors with noise added: how one passage made of two others' sentences might embed.
 * @param noise length of the noise relative to the mixture's, 0…1
 */
export function blend(random: Random, parts: readonly [Float32Array, Float32Array], noise: number): Float32Array {
  const [major, minor] = parts;
  const scale = noise / Math.sqrt(major.length);
  const mixed = unit(major.map((value, index) => 0.7 * value + 0.3 * (minor[index] ?? 0)));
  return unit(mixed.map((value) => value + scale * gaussian(random)));
}
