import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RememberedVectors } from './remembered-vectors.ts';

const DIMENSIONS = 7;
const numbers = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSIONS, maxLength: DIMENSIONS });
const half = (values: readonly number[]) => ({ values: new Float16Array(values), dimensions: DIMENSIONS });

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

  it('finds the nearest, whatever was forgotten before', () => {
    const vectors = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), numbers, fc.boolean()), { maxLength: 90 });
    fc.assert(
      fc.property(vectors, numbers, fc.integer({ min: 1, max: 9 }), (operations, question, limit) => {
        const remembered = new RememberedVectors();
        for (const [address, values, forget] of operations) {
          if (forget) remembered.forget(address);
          else remembered.remember(address, half(values), 0);
        }
        const vector = Float32Array.from(question);
        const products = [...remembered.addresses()].map((address) => remembered.cosinesTo(vector)(address) ?? 9);
        const found = remembered.nearest(vector, limit);
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
