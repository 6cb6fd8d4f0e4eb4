import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RankedRows } from './best-rows.ts';
import { RememberedVectors } from './remembered-vectors.ts';

const DIMENSIONS = 7;
const numbers = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSIONS, maxLength: DIMENSIONS });
const half = (values: readonly number[]) => ({ values: new Float16Array(values), dimensions: DIMENSIONS });

async function nearestIn(remembered: RememberedVectors, vector: Float32Array, limit: number): Promise<RankedRows> {
  const found = await remembered.nearest(vector, limit);
  if (found === null) throw new Error('Something changed while the nearest were looked for.');
  return found;
}

describe('RememberedVectors', () => {
  it('tells products to within half a step per dimension, whatever was forgotten before', () => {
    const vectors = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), numbers, fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(vectors, numbers, (operations, question) => {
        const remembered = new RememberedVectors();
        const truth = new Map<number, readonly number[]>();
        for (const [address, values, forget] of operations) {
          if (forget) remembered.forget(address);
          else remembered.remember(address, half(values), 0);
          if (forget) truth.delete(address);
          else if (!truth.has(address)) truth.set(address, values);
        }
        for (let address = 0; address <= 20; address += 1) {
          const product = remembered.cosinesTo(Float32Array.from(question))(address);
          const values = truth.get(address);
          const exact = values?.reduce((sum, value, i) => sum + value * (question[i] ?? 0), 0);
          if (exact === undefined) expect(product).toBeUndefined();
          else expect(Math.abs((product ?? 9) - exact)).toBeLessThan(0.01 * DIMENSIONS);
        }
      }),
    );
  });

  it('counts what it holds', () => {
    const remembered = new RememberedVectors();
    expect(remembered.bytes).toBe(0);
    for (let address = 0; address < 2_000; address += 1) remembered.remember(address, half([1]), 0);
    expect(remembered.bytes).toBeGreaterThan(2_000 * DIMENSIONS);
    remembered.clear();
    expect(remembered.bytes).toBe(0);
  });

  it('finds the nearest, whatever was forgotten before', async () => {
    const vectors = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), numbers, fc.boolean()), { maxLength: 90 });
    await fc.assert(
      fc.asyncProperty(vectors, numbers, fc.integer({ min: 1, max: 9 }), async (operations, question, limit) => {
        const remembered = new RememberedVectors();
        for (const [address, values, forget] of operations) {
          if (forget) remembered.forget(address);
          else remembered.remember(address, half(values), 0);
        }
        const vector = Float32Array.from(question);
        const products = [...remembered.addresses()].map((address) => remembered.cosinesTo(vector)(address) ?? 9);
        const found = await nearestIn(remembered, vector, limit);
        expect(found.addresses).toHaveLength(Math.min(limit, remembered.size));
        expect(new Set(found.addresses).size).toBe(found.addresses.length);
        for (const [i, product] of products
          .sort((a, b) => b - a)
          .slice(0, limit)
          .entries()) {
          expect(found.scores[i]).toBeCloseTo(product, 3);
          expect(remembered.cosinesTo(vector)(found.addresses[i] ?? -1)).toBeCloseTo(product, 3);
        }
      }),
    );
  });
});

describe('more vectors than are compared in one turn', () => {
  const MANY = 140_000;
  const remembered = new RememberedVectors();
  const questions = [1, 2, 3].map((n) => Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.cos(n * 2.1 + i)));
  beforeAll(() => {
    remembered.expect(MANY);
    const values = new Float16Array(MANY * DIMENSIONS).map((_, i) => Math.sin(i * 12.9898) % 1);
    for (let row = 0; row < MANY; row += 1) remembered.remember(7 * row, { values, dimensions: DIMENSIONS }, row);
  });

  it('are compared with the question that was asked, whatever others ask meanwhile', async () => {
    const alone: RankedRows[] = [];
    for (const question of questions) alone.push(await nearestIn(remembered, question, 20));
    const together = await Promise.all(questions.map((question) => nearestIn(remembered, question, 20)));
    expect(together).toEqual(alone);
    expect(new Set(alone.map(({ addresses }) => addresses[0])).size).toBe(questions.length);
    // The last turn's vectors are among those compared.
    const cosineOf = remembered.cosinesTo(questions[0] as Float32Array);
    const all = Array.from({ length: MANY }, (_, row) => cosineOf(7 * row) as number).sort((a, b) => b - a);
    expect(Array.from(alone[0]?.scores ?? []).at(-1)).toBeCloseTo(all[19] as number, 2);
  });

  it('are not told when one was forgotten meanwhile', async () => {
    const asked = remembered.nearest(questions[0] as Float32Array, 5);
    remembered.forget(7);
    expect(await asked).toBeNull();
    expect(await remembered.nearest(questions[0] as Float32Array, 5)).not.toBeNull();
  });
});
