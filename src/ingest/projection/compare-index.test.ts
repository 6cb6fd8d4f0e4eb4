import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareSorted } from './compare-index.ts';

async function* each(ids: readonly string[]): AsyncGenerator<string> {
  yield* ids;
}

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 20 });
const sorted = (values: Iterable<string>): string[] => [...values].sort();

test('counts what is missing, what is too much and what is there twice', async () => {
  await fc.assert(
    fc.asyncProperty(ids, ids, ids, async (both, onlyStored, onlyIndexed) => {
      const stored = new Set([...both, ...onlyStored]);
      const indexed = new Set([...both, ...onlyIndexed]);
      const twice = onlyIndexed.slice(0, 3);
      const found = await compareSorted(each(sorted(stored)), each(sorted([...indexed, ...twice])));
      expect(found).toEqual({
        stored: stored.size,
        missing: stored.difference(indexed).size,
        surplus: indexed.difference(stored).size,
        duplicated: twice.length,
      });
    }),
  );
});
