import { BestRows, type RankedRows } from './best-rows.ts';
import { BitCodes, CODES_PER_BLOCK } from './bit-codes.ts';
import { ByteVectors } from './byte-vectors.ts';
import type { BatchVectors } from './read-vectors.ts';

/** Bytes of the map's entry that leads to a vector, and of the way back. */
const ENTRY_BYTES = 56;
const FREE = -1;
/**
 * Vectors compared as they are: so many per vector wanted, this share of all, and as many as have so many dimensions together
 * (few dimensions are few bits, which tell little, but cost little to compare). By the bits the true ten nearest of 100,000 are among
 * the first 750 of them and .98 to .99 of the true 63 among the first 1,000 (docs/decisions/0009-partitions-searched.md).
 */
const COMPARED_PER_RESULT = 12;
const COMPARED_SHARE = 0.01;
const COMPARED_DIMENSIONS = 400_000;
/** Codes whose distances tell how far the nearest go, about; where so many are wanted the sample has a hundred of them. */
const SAMPLED = 12_000;
const SAMPLED_COUNT = 900;

/** Bytes that a vector takes, about. */
export function vectorBytes(dimensions: number): number {
  return dimensions * 1.125 + ENTRY_BYTES;
}

interface Vectors {
  readonly bytes: ByteVectors;
  readonly codes: BitCodes;
}

/**
 * Vectors by the address of their row: 100,000 of 384 dimensions take 50 MB. Reading fifty scattered vectors from Lance
 * costs 3 ms of processor time, from here .03 ms; finding the nearest of 100,000 costs 4 ms there and 1 ms here.
 */
export class RememberedVectors {
  /** Made with the first vector, which says how long they are. */
  #vectors: Vectors | null = null;
  #slots = new Map<number, number>();
  #free: number[] = [];
  /** By slot. */
  #addresses: number[] = [];

  /** Bytes held. */
  get bytes(): number {
    const { bytes, codes } = this.#vectors ?? {};
    return (bytes?.bytes ?? 0) + (codes?.bytes ?? 0) + this.#addresses.length * ENTRY_BYTES;
  }

  has(address: number): boolean {
    return this.#slots.has(address);
  }

  /** How many are remembered. */
  get size(): number {
    return this.#slots.size;
  }

  /** Remembers one row of a batch; all vectors are of one length. @returns whether it was not remembered before */
  remember(address: number, { values, dimensions }: BatchVectors, row: number): boolean {
    if (this.#slots.has(address)) return false;
    this.#vectors ??= { bytes: new ByteVectors(dimensions), codes: new BitCodes(dimensions) };
    const slot = this.#free.pop() ?? this.#addresses.length;
    this.#slots.set(address, slot);
    this.#addresses[slot] = address;
    this.#vectors.bytes.set(slot, values, row * dimensions);
    this.#vectors.codes.set(slot, values, row * dimensions);
    return true;
  }

  /** Of all rows that are remembered. */
  addresses(): IterableIterator<number> {
    return this.#slots.keys();
  }

  forget(address: number): void {
    const slot = this.#slots.get(address);
    if (slot === undefined || !this.#slots.delete(address)) return;
    this.#free.push(slot);
    this.#addresses[slot] = FREE;
  }

  clear(): void {
    this.#vectors = null;
    this.#slots = new Map();
    this.#free = [];
    this.#addresses = [];
  }

  /**
   * Products of rows with a vector of unit length, to be asked for before anything else is done here; undefined: this row's
   * vector is not remembered.
   */
  cosinesTo(vector: Float32Array): (address: number) => number | undefined {
    const bytes = this.#vectors?.bytes;
    bytes?.setQuestion(vector);
    return (address) => {
      const slot = this.#slots.get(address);
      return slot === undefined ? undefined : bytes?.productWithQuestion(slot);
    };
  }

  /** The vector as it is remembered, right to about .0005 per cosine; undefined when this row's is not remembered. */
  vector(address: number): Float32Array | undefined {
    const slot = this.#slots.get(address);
    return slot === undefined ? undefined : this.#vectors?.bytes.get(slot);
  }

  /**
   * The nearest of all that are remembered: those near by their bits are compared as they are.
   * @param vector unit length
   */
  nearest(vector: Float32Array, limit: number): RankedRows {
    const best = new BestRows(limit);
    if (this.#vectors === null) return best;
    const { bytes, codes } = this.#vectors;
    bytes.setQuestion(vector);
    codes.setQuestion(vector);
    const slots = this.#addresses.length;
    const compared = Math.max(
      limit * COMPARED_PER_RESULT,
      this.size * COMPARED_SHARE,
      COMPARED_DIMENSIONS / vector.length,
    );
    // Those that are free have distances, too.
    const farthest = distanceOf(compared + this.#free.length, codes, slots);
    for (const slot of codes.within(farthest, slots)) {
      const address = this.#addresses[slot] as number;
      if (address !== FREE) best.offer(address, bytes.productWithQuestion(slot));
    }
    return best;
  }
}

/** How far away the last of about so many nearest is: of many, a sample tells. */
function distanceOf(count: number, codes: BitCodes, slots: number): number {
  // Even if no other code were near, the sampled ones would be as many as are wanted.
  const widest = COMPARED_PER_RESULT - 1;
  const step = count < SAMPLED_COUNT ? 1 : Math.max(1, Math.min(widest, Math.floor(slots / SAMPLED)));
  const counts = new Uint32Array(codes.farthest + 1);
  for (let first = 0; first < slots; first += step * CODES_PER_BLOCK) {
    const left = Math.ceil((slots - first) / step);
    for (const distance of codes.distances({ first, step, count: Math.min(CODES_PER_BLOCK, left) }))
      counts[distance] = (counts[distance] as number) + 1;
  }
  let [distance, found] = [0, counts[0] as number];
  while (found * step < count && distance < codes.farthest) found += counts[++distance] as number;
  return distance;
}
