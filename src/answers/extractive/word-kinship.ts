import { readFileSync } from 'node:fs';

/** What `bench -- answers-fit --words` leaves: the terms, one a line, and a vector of signed bytes for each, in the same order. */
const folder = new URL('../../../models/word-kinship/', import.meta.url);

/** Length of a term's vector. */
export const KINSHIP_DIMENSIONS = 64;

interface Kinship {
  readonly places: ReadonlyMap<string, number>;
  /** [term][dimension]; each row about 127 long. */
  readonly vectors: Int8Array;
  /** By row; 0: not worked out yet. */
  readonly lengths: Float32Array;
}

let kinship: Kinship | undefined;

/**
 * How near two terms (as `analyse` gives them) are in meaning: cosine of the embedder's vectors of their words, less what all words
 * have in common; −1…1. `bike` and `bicycle` .9, `sandwich` and `food` .4, `insurance` and `berth` 0. English.
 * @returns null when one of them is not known
 */
export function kinshipOf(one: string, other: string): number | null {
  const { places, vectors } = (kinship ??= readKinship());
  const [a, b] = [places.get(one), places.get(other)];
  if (a === undefined || b === undefined) return null;
  let sum = 0;
  for (let at = 0; at < KINSHIP_DIMENSIONS; at++)
    sum += (vectors[a * KINSHIP_DIMENSIONS + at] ?? 0) * (vectors[b * KINSHIP_DIMENSIONS + at] ?? 0);
  return sum / (lengthOf(a, kinship) * lengthOf(b, kinship));
}

/** Worked out when it is asked for: of all terms it would hold up the first question for 20 ms. */
function lengthOf(row: number, { vectors, lengths }: Kinship): number {
  const known = lengths[row] as number;
  if (known > 0) return known;
  let sum = 0;
  for (let at = row * KINSHIP_DIMENSIONS; at < (row + 1) * KINSHIP_DIMENSIONS; at++) sum += (vectors[at] ?? 0) ** 2;
  return (lengths[row] = Math.sqrt(sum) || 1);
}

/** Some 1.5 MB, read at the first question. */
function readKinship(): Kinship {
  const terms = readFileSync(new URL('terms.txt', folder), 'utf8').trimEnd().split('\n');
  const vectors = new Int8Array(readFileSync(new URL('vectors.bin', folder)));
  const lengths = new Float32Array(terms.length);
  return { places: new Map(terms.map((term, row) => [term, row])), vectors, lengths };
}
