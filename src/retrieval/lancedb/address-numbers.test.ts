import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressNumbers } from './address-numbers.ts';

/** Few enough to meet again, in fragments and far apart, so that places are taken. */
const addresses = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 40 })).map(([high, low]) => high * 2 ** 32 + low),
  fc.integer({ min: 0, max: 30 }).map((n) => n * 512),
);

describe('AddressNumbers', () => {
  it('does as a map does', () => {
    const operations = fc.array(fc.tuple(addresses, fc.boolean()), { maxLength: 1_500, size: 'max' });
    fc.assert(
      fc.property(operations, fc.integer({ min: 0, max: 600 }), (done, expected) => {
        const numbers = new AddressNumbers(expected);
        const map = new Map<number, number>();
        for (const [n, [address, deletes]] of done.entries()) {
          if (deletes) expect(numbers.delete(address)).toBe(map.delete(address));
          else {
            numbers.set(address, n);
            map.set(address, n);
          }
        }
        expect(numbers.size).toBe(map.size);
        for (const [address] of done) {
          expect(numbers.get(address)).toBe(map.get(address));
          expect(numbers.has(address)).toBe(map.has(address));
        }
      }),
    );
  });

  it('makes room', () => {
    const numbers = new AddressNumbers();
    for (let row = 0; row < 5_000; row += 1) numbers.set(3 * 2 ** 32 + row, row);
    for (let row = 0; row < 5_000; row += 1) expect(numbers.get(3 * 2 ** 32 + row)).toBe(row);
    expect(numbers.bytes).toBeLessThan(5_000 * 50);
  });
});
