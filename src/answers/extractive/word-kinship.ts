import { readFileSync } from 'node:fs';

/** What `bench -- answers-fit --words` leaves: the terms, one a line, and a vector of signed bytes for each, in the same order. */
const folder = new URL('../../../models/word-kinship/', import.meta.url);

/** Length of a term's vector. */
export const KINSHIP_DIMENSIONS = 64;

interface Kinship {
  readonly places: ReadonlyMap<string, number>;
  /** [term][dimension]; each row about 127 long. */
  readonly vectors: Int8Array;
  readonly lengths: Float32Array;
}

let kinship: Kinship | undefined;

/**
 * How near two terms (as `analyse` gives them) are in meaning: cosine of the embedder's vectors of their words, less what all words
 * have in common; −1…1. `bike` and `bicycle` .9, `sandwich` and `food` .4, `insurance` and `berth` 0. English.
 * @returns null when one of them is not known
 */
export function kinshipOf(one: string, other: string): number | null {
  const { places, vectors, lengths } = (kinship ??= readKinship());
  const [a, b] = [places.get(one), places.get(other)];
  if (a === undefined || b === undefined) return null;
  let sum = 0;
  for (let at = 0; at < KINSHIP_DIMENSIONS; at++)
    sum += (vectors[a * KINSHIP_DIMENSIONS + at] ?? 0) * (vectors[b * KINSHIP_DIMENSIONS + at] ?? 0);
  return sum / ((lengths[a] ?? 1) * (lengths[b] ?? 1));
}

/** Some 1.5 MB, read at the first question. */
function readKinship(): Kinship {
  const terms = readFileSync(new URL('terms.txt', folder), 'utf8').trimEnd().split('\n');
  const vectors = new Int8Array(readFileSync(new URL('vectors.bin', folder)));
  const lengths = Float32Array.from(terms, (_, row) => {
    const vector = vectors.subarray(row * KINSHIP_DIMENSIONS, (row + 1) * KINSHIP_DIMENSIONS);
    return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  });
  return { places: new Map(terms.map((term, row) => [term, row])), vectors, lengths };
}
