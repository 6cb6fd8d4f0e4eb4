import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockCache, blockKey } from './block-cache.ts';

/** As `block-cache.ts` counts them. */
const sizeOf = (postings: number): number => 160 + postings * 4;
const block = (postings: number) => ({ df: postings / 2, postings: new Uint32Array(postings) });

test('holds what was used last as far as the bytes go, and gives back what was put in', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const step = fc.record({ key, put: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 2 }) });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }),
      fc.integer({ min: 0, max: 1_500 }),
      (steps, limit) => {
        const cache = new BlockCache(limit);
        // The model: entries from the longest unused to the last used.
        let model: { key: string; postings: number }[] = [];
        for (const { key: name, put } of steps) {
          const known = model.find((entry) => entry.key === name);
          const others = model.filter((entry) => entry !== known);
          if (put === null) {
            expect(cache.get(name)?.postings.length).toBe(known?.postings);
            if (known !== undefined) model = [...others, known];
            continue;
          }
          cache.set(name, block(put));
          model = [...others, { key: name, postings: put }];
          while (model.reduce((sum, { postings }) => sum + sizeOf(postings), 0) > limit) model = model.slice(1);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('keys differ when table, segment or term do', () => {
  const parts = fc.tuple(fc.constantFrom('t.a', 't.b'), fc.nat(12), fc.constantFrom('x', '1', '1 x', ''));
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      expect(blockKey(...one) === blockKey(...other)).toBe(one.join('\0') === other.join('\0'));
    }),
  );
});
