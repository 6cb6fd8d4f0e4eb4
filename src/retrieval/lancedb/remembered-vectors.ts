import { AddressNumbers } from './address-numbers.ts';
import { BestRows, type RankedRows } from './best-rows.ts';
import { BitCodes, CODES_PER_BLOCK } from './bit-codes.ts';
import { ByteVectors } from './byte-vectors.ts';
import type { BatchVectors } from './read-vectors.ts';

/** Bytes at most of what leads to a vector, of its scale and of the way back. */
const ENTRY_BYTES = 60;
const FREE = -1;
const GROWTH = 1.5;
/**
 * Vectors compared as they are: so many per vector wanted, and as many as have so many dimensions together (few dimensions are few bits,
 * which tell little, but cost little to compare) among 100,000, among more as the root of how many they are. By the bits the true ten
 * nearest of 100,000 are among the first 750 of them and .98 to .99 of the true 63 among the first 1,000; of 1,000,000 all ten and .994
 * of the 63 among the first 2,000 (docs/decisions/0009-partitions-searched.md).
 */
const COMPARED_PER_RESULT = 12;
const COMPARED_DIMENSIONS = 400_000;
const COMPARED_AMONG = 100_000;
/** Codes whose distances tell how far the nearest go, about; where so many are wanted the sample has a hundred of them. */
const SAMPLED = 12_000;
const SAMPLED_COUNT = 900;
/** Compared without letting others have their turn: about 1 ms. A multiple of the codes compared in one call. */
const SLOTS_PER_TURN = 32 * CODES_PER_BLOCK;

/** Bytes that a vector takes, about. */
export function vectorBytes(dimensions: number): number {
  return dimensions * 1.125 + ENTRY_BYTES;
}

interface Vectors {
  readonly bytes: ByteVectors;
  readonly codes: BitCodes;
  /** The one that is being taken in. */
  readonly vector: Float32Array;
}

/**
 * Vectors by the address of their row: 100,000 of 384 dimensions take 50 MB. Reading fifty scattered vectors from Lance
 * costs 3 ms of processor time, from here .03 ms; finding the nearest of 100,000 costs 4 ms there and 1 ms here.
 */
export class RememberedVectors {
  /** Made with the first vector, which says how long they are. */
  #vectors: Vectors | null = null;
  #slots = new AddressNumbers();
  #free: number[] = [];
  /** By slot. */
  #addresses = new Float64Array(0);
  #slotCount = 0;
  /** Which question vectors are compared with now. */
  #question = Symbol('none');
  /** How often something was remembered or forgotten. */
  #changes = 0;

  /** Bytes held. */
  get bytes(): number {
    if (this.#vectors === null) return 0;
    const { bytes, codes } = this.#vectors;
    return bytes.bytes + codes.bytes + this.#slots.bytes + this.#addresses.byteLength;
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
    this.#vectors ??= {
      bytes: new ByteVectors(dimensions),
      codes: new BitCodes(dimensions),
      vector: new Float32Array(dimensions),
    };
    this.#changes += 1;
    const slot = this.#free.pop() ?? this.#slotCount++;
    this.#slots.set(address, slot);
    if (slot >= this.#addresses.length) this.#lengthen(slot + 1);
    this.#addresses[slot] = address;
    const { bytes, codes, vector } = this.#vectors;
    for (let i = 0; i < dimensions; i += 1) vector[i] = values[row * dimensions + i] as number;
    bytes.set(slot, vector);
    codes.set(slot, vector);
    return true;
  }

  /** Makes room for so many before they come, where there are none: none has to be moved then. */
  expect(count: number): void {
    if (this.size > 0) return;
    this.#slots = new AddressNumbers(count);
    this.#lengthen(count);
  }

  /** Of all rows that are remembered; they may be forgotten meanwhile. */
  *addresses(): IterableIterator<number> {
    for (let slot = 0; slot < this.#slotCount; slot += 1) {
      const address = this.#addresses[slot] as number;
      if (address !== FREE) yield address;
    }
  }

  forget(address: number): void {
    const slot = this.#slots.get(address);
    if (slot === undefined || !this.#slots.delete(address)) return;
    this.#changes += 1;
    this.#free.push(slot);
    this.#addresses[slot] = FREE;
  }

  clear(): void {
    this.#changes += 1;
    this.#vectors = null;
    this.#slots = new AddressNumbers();
    this.#free = [];
    this.#addresses = new Float64Array(0);
    this.#slotCount = 0;
  }

  /**
   * Products of rows with a vector of unit length, to be asked for before anything else is done here; undefined: this row's
   * vector is not remembered.
   */
  cosinesTo(vector: Float32Array): (address: number) => number | undefined {
    const bytes = this.#vectors?.bytes;
    this.#question = Symbol('question');
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
   * The nearest of all that are remembered: those near by their bits are compared as they are. Others have their turn after every
   * {@link SLOTS_PER_TURN}.
   * @param vector unit length
   * @returns null when something was remembered or forgotten meanwhile: then not all may have been compared
   */
  async nearest(vector: Float32Array, limit: number): Promise<RankedRows | null> {
    const best = new BestRows(limit);
    if (this.#vectors === null) return best;
    const { bytes, codes } = this.#vectors;
    const [slots, changes] = [this.#slotCount, this.#changes];
    const compared = comparedOf(limit, this.size, vector.length);
    const question = (this.#question = Symbol('question'));
    codes.setQuestion(vector);
    bytes.setQuestion(vector);
    // Those that are free have distances, too.
    const farthest = distanceOf({ count: compared + this.#free.length, least: limit }, codes, slots);
    for (let from = 0; from < slots; from += SLOTS_PER_TURN) {
      if (from > 0) await new Promise(setImmediate);
      if (this.#changes !== changes) return null;
      if (this.#question !== question) {
        // Whoever had a turn has asked something else.
        this.#question = question;
        codes.setQuestion(vector);
        bytes.setQuestion(vector);
      }
      for (const slot of codes.within(farthest, { from, to: Math.min(from + SLOTS_PER_TURN, slots) })) {
        const address = this.#addresses[slot] as number;
        if (address !== FREE) best.offer(address, bytes.productWithQuestion(slot));
      }
    }
    return best;
  }

  #lengthen(least: number): void {
    const longer = new Float64Array(Math.max(least, Math.ceil(this.#addresses.length * GROWTH)));
    longer.set(this.#addresses);
    this.#addresses = longer;
  }
}

function comparedOf(limit: number, size: number, dimensions: number): number {
  const growth = Math.sqrt(Math.max(1, size / COMPARED_AMONG));
  return Math.ceil(Math.max(limit * COMPARED_PER_RESULT, (COMPARED_DIMENSIONS / dimensions) * growth));
}

/** How far away the last of about so many nearest is: of many, a sample tells. */
function distanceOf(
  { count, least }: { readonly count: number; readonly least: number },
  codes: BitCodes,
  slots: number,
): number {
  // Even if no other code were near, the sampled ones would be as many as must be found.
  const widest = Math.floor(count / least) - 1;
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
