import { analyse } from '../../src/retrieval/index.ts';
import { below, gaussian, seeded } from '../corpus/random.ts';
import type { RealSentences } from './real-sentences.ts';
import { drawVector, type Noise } from './resample.ts';

/** How the vectors of a collection come about: drawn from real ones, the real ones themselves, or evenly spread. */
export type Arm = 'resampled' | 'real' | 'uniform';

/** What a collection is generated from; the same recipe gives the same chunks. */
export interface Recipe {
  readonly arm: Arm;
  readonly chunks: number;
  /** Of the resampled arm. */
  readonly noise: Noise;
}

/** A generated chunk; `vector` is used again for the next one. */
export interface GeneratedChunk {
  /** From 0, without gaps. */
  readonly number: number;
  readonly vector: Float32Array;
  /** Of four sentences: the one whose vector it is or was drawn from, and the three after it. */
  readonly terms: string;
}

const SENTENCES = 4;

/** The chunks of a collection, one after the other. */
export function* generateCollection(real: RealSentences, recipe: Recipe): Generator<GeneratedChunk> {
  const { cloud, texts } = real;
  const { arm, noise, chunks } = recipe;
  const random = seeded(17);
  const analysed: string[] = [];
  const termsOf = (sentence: number): string => (analysed[sentence] ??= analyse(texts[sentence] ?? '').join(' '));
  const into = new Float32Array(cloud.dimensions);
  for (let number = 0; number < chunks; number++) {
    let base = number % cloud.count;
    if (arm === 'resampled') base = drawVector(random, cloud, { noise, into });
    else if (arm === 'real') into.set(cloud.values.subarray(base * cloud.dimensions, (base + 1) * cloud.dimensions));
    else drawDirection(into, () => gaussian(random));
    const first = arm === 'uniform' ? below(random, cloud.count) : base;
    const terms = Array.from({ length: SENTENCES }, (_, n) => termsOf((first + n) % cloud.count)).join(' ');
    yield { number, vector: into, terms };
  }
}

function drawDirection(into: Float32Array, next: () => number): void {
  let length = 0;
  for (let i = 0; i < into.length; i++) {
    const value = next();
    into[i] = value;
    length += value * value;
  }
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) / Math.sqrt(length);
}
