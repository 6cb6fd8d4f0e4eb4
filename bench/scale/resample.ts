import { below, type Random, seeded } from '../corpus/random.ts';
import { type Cloud, type Shape, shapeOf } from './neighbours.ts';

/** How far a drawn vector lies from the real one it starts from. */
export interface Noise {
  /** Mean length relative to the real vector's; it points as real vectors differ from each other. */
  readonly length: number;
  /** How much the length varies, 0…1: evenly between (1 − spread) and (1 + spread) times the mean. */
  readonly spread: number;
}

/** A noise, and what it was judged by. */
export interface FittedNoise {
  readonly noise: Noise;
  readonly real: Shape;
  readonly drawn: Shape;
}

const POOL = 10_000;
const PROBES = 125;
const HALVINGS = 7;
const SPREADS = [0, 0.3, 0.6, 0.9] as const;

/** Draws one vector: a real one at random, moved by noise, at unit length, into `into`. @returns which real one */
export function drawVector(random: Random, real: Cloud, { noise, into }: { noise: Noise; into: Float32Array }): number {
  const { values, dimensions, count } = real;
  const [base, one, other] = [below(random, count), below(random, count), below(random, count)];
  let difference = 0;
  for (let i = 0; i < dimensions; i++) {
    const value = (values[one * dimensions + i] as number) - (values[other * dimensions + i] as number);
    into[i] = value;
    difference += value * value;
  }
  const noiseLength = noise.length * (1 + noise.spread * (2 * random() - 1));
  const share = noiseLength / Math.max(1e-9, Math.sqrt(difference));
  let length = 0;
  for (let i = 0; i < dimensions; i++) {
    const value = (values[base * dimensions + i] as number) + share * (into[i] as number);
    into[i] = value;
    length += value * value;
  }
  const scale = 1 / Math.max(1e-9, Math.sqrt(length));
  for (let i = 0; i < dimensions; i++) into[i] = (into[i] as number) * scale;
  return base;
}

/**
 * The noise whose vectors lie as far from their neighbours, in as many dimensions, as the real ones do: equally many of
 * either are compared. The length is found by halving, its spread by trying.
 */
export function fitNoise(real: Cloud): FittedNoise {
  const pool = sampleOf(real, POOL);
  const target = shapeOf(pool, PROBES);
  let best: FittedNoise | undefined;
  for (const spread of SPREADS) {
    const fitted = fitLength(pool, { target, spread });
    if (best === undefined || miss(fitted) < miss(best)) best = fitted;
  }
  return best as FittedNoise;
}

function fitLength(pool: Cloud, { target, spread }: { target: Shape; spread: number }): FittedNoise {
  let [low, high] = [0.1, 1.5];
  let fitted: FittedNoise | undefined;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const noise = { length: (low + high) / 2, spread };
    const drawn = shapeOf(drawCloud(pool, noise), PROBES);
    fitted = { noise, real: target, drawn };
    if (drawn.nearestDistance < target.nearestDistance) low = noise.length;
    else high = noise.length;
  }
  return fitted as FittedNoise;
}

/** How far both figures are off together, as shares. */
function miss({ real, drawn }: FittedNoise): number {
  return (
    Math.abs(Math.log(drawn.nearestDistance / real.nearestDistance)) +
    Math.abs(Math.log(drawn.intrinsicDimension / real.intrinsicDimension))
  );
}

function drawCloud(pool: Cloud, noise: Noise): Cloud {
  const random = seeded(5);
  const values = new Float32Array(pool.values.length);
  for (let at = 0; at < pool.count; at++) {
    drawVector(random, pool, { noise, into: values.subarray(at * pool.dimensions, (at + 1) * pool.dimensions) });
  }
  return { ...pool, values };
}

function sampleOf(real: Cloud, count: number): Cloud {
  const random = seeded(3);
  const wanted = Math.min(count, real.count);
  const { dimensions } = real;
  const values = new Float32Array(wanted * dimensions);
  const order = Array.from({ length: real.count }, (_, n) => n);
  for (let at = 0; at < wanted; at++) {
    const other = at + below(random, real.count - at);
    [order[at], order[other]] = [order[other] as number, order[at] as number];
    const from = (order[at] as number) * dimensions;
    values.set(real.values.subarray(from, from + dimensions), at * dimensions);
  }
  return { values, dimensions, count: wanted };
}
