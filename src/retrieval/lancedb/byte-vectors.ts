import { GrowingMemory } from './growing-memory.ts';
import { DOT_STEP, type VectorModule, vectorModuleIn } from './vector-module.ts';

/** A byte's and a sixteen-bit number's largest value when both signs are used alike. */
const LARGEST = 127;
const LARGEST_16 = 32_767;
/** Sum of a question's sizes up to which no product of it leaves 32 bits. */
const LARGEST_SUM = 2 ** 31 / LARGEST - 1_000_000;

/** Vectors by slot, one byte per dimension with a scale of their own: at 384 dimensions a cosine is right to about .0005. */
export class ByteVectors {
  readonly #dimensions: number;
  /** With zeros at its end. */
  readonly #length: number;
  /** The question in 16 bits, vectors. */
  readonly #memory: GrowingMemory;
  readonly #module: VectorModule;
  /** By slot: what a byte's step is worth. */
  #steps = new Float32Array(0);
  /** What a step of the question's is worth. */
  #questionStep = 0;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#length = Math.ceil(dimensions / DOT_STEP) * DOT_STEP;
    this.#memory = new GrowingMemory(this.#length * 2);
    this.#module = vectorModuleIn(this.#memory.shared);
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#memory.bytes + this.#steps.byteLength;
  }

  /** Keeps a vector. */
  set(slot: number, vector: Float32Array): void {
    let largest = 0;
    for (let i = 0; i < this.#dimensions; i += 1) {
      const size = Math.abs(vector[i] as number);
      if (size > largest) largest = size;
    }
    this.#memory.reach(this.#placeOf(slot + 1));
    if (slot >= this.#steps.length) {
      const longer = new Float32Array(Math.ceil((slot + 1) * 1.1) + 256);
      longer.set(this.#steps);
      this.#steps = longer;
    }
    this.#steps[slot] = largest / LARGEST;
    const bytes = this.#bytesOf(slot);
    const perSize = largest === 0 ? 0 : LARGEST / largest;
    for (let i = 0; i < this.#dimensions; i += 1) bytes[i] = Math.round((vector[i] as number) * perSize);
  }

  /** The vector as it is kept. */
  get(slot: number): Float32Array {
    const step = this.#steps[slot] as number;
    return Float32Array.from(this.#bytesOf(slot), (value) => value * step);
  }

  /** What {@link productWithQuestion} goes by from now on. */
  setQuestion(vector: Float32Array): void {
    let [largest, sum] = [0, 0];
    for (const value of vector) {
      const size = Math.abs(value);
      sum += size;
      if (size > largest) largest = size;
    }
    const scale = largest === 0 ? 0 : Math.min(LARGEST_16 / largest, LARGEST_SUM / sum);
    const question = new Int16Array(this.#memory.buffer, 0, this.#length);
    for (let i = 0; i < this.#dimensions; i += 1) question[i] = Math.round((vector[i] as number) * scale);
    this.#questionStep = scale === 0 ? 0 : 1 / scale;
  }

  /** The product of a vector and the question, right to .00005 beside what the bytes lose. */
  productWithQuestion(slot: number): number {
    const sum = this.#module.dot(0, this.#placeOf(slot), this.#length);
    return sum * (this.#steps[slot] as number) * this.#questionStep;
  }

  #bytesOf(slot: number): Int8Array {
    return new Int8Array(this.#memory.buffer, this.#placeOf(slot), this.#dimensions);
  }

  #placeOf(slot: number): number {
    return this.#length * (slot + 2);
  }
}
