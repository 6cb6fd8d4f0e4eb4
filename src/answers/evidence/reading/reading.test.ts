import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitReading, type Stretch } from './fit-reading.ts';
import { leaveOutRepeats } from './leave-out-repeats.ts';

const LONG =
  'Every employee who has worked here for more than half a year may take paid leave for the care of a child, and the ' +
  'request is made in writing to the head of the department at least six weeks before the leave begins, with a copy to staff.';

describe('leaveOutRepeats', () => {
  const kept = (...texts: string[]) =>
    leaveOutRepeats(
      texts.map((text) => ({ text })),
      0.8,
    );

  it('keeps the first of those that say the same, and counts the others', () => {
    const copy = `  ${LONG.replace('staff.', 'STAFF')} `;
    expect(kept(LONG, 'Something else.', copy).map(({ standsFor }) => standsFor)).toEqual([2, 1]);
  });

  it.each([
    ['a figure', LONG.replace('six', '6'), LONG.replace('six', '8')],
    ['a negation', LONG, LONG.replace('may take', 'may not take')],
    ['a contraction', LONG.replace('is made', 'is'), LONG.replace('is made', "isn't")],
  ])('keeps both where they differ in %s, however alike they are', (_, one, other) => {
    expect(kept(one, other)).toHaveLength(2);
  });

  it('loses none: the numbers add up, order and first stay, and 0 keeps everything', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'not', '7', ''), { maxLength: 9 }).map((each) => each.join(' '));
    fc.assert(
      fc.property(fc.array(words), fc.double({ min: 0, max: 1, noNaN: true }), (texts, likeness) => {
        const passages = texts.map((text) => ({ text }));
        const left = leaveOutRepeats(passages, likeness);
        expect(left.reduce((sum, { standsFor }) => sum + standsFor, 0)).toBe(texts.length);
        expect(left[0]?.passage).toBe(passages[0]);
        const places = left.map(({ passage }) => passages.indexOf(passage));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(leaveOutRepeats(passages, 0)).toHaveLength(texts.length);
        expect(
          leaveOutRepeats(
            left.map(({ passage }) => passage),
            likeness,
          ),
        ).toHaveLength(left.length);
      }),
    );
  });
});

interface Chunk extends Stretch {
  readonly around: { readonly start: number; readonly end: number };
}

/** Chunks of ten characters each, with one neighbour on either side within their version. */
const chunks: fc.Arbitrary<Chunk[]> = fc
  .uniqueArray(fc.record({ version: fc.nat(2), n: fc.nat(9) }), {
    selector: ({ version, n }) => `${version}/${n}`,
    maxLength: 12,
  })
  .map((places) =>
    places.map(({ version, n }) => ({
      versionId: `v${version}`,
      start: n * 10,
      end: n * 10 + 10,
      around: { start: Math.max(0, n - 1) * 10, end: Math.min(10, n + 2) * 10 },
    })),
  );

const lengthOf = (_: Chunk, { start, end }: { readonly start: number; readonly end: number }): number => end - start;

describe('fitReading', () => {
  it('reads the best, then their neighbours, best first, while there is room', () => {
    const chunk = (versionId: string, n: number): Chunk => {
      return { versionId, start: n * 10, end: n * 10 + 10, around: { start: (n - 1) * 10, end: (n + 2) * 10 } };
    };
    const found = [chunk('a', 3), chunk('b', 5), chunk('a', 4), chunk('c', 1)];
    const room = { passages: 3, tokens: 50, tokensOf: lengthOf };
    expect(fitReading(found, ({ around }) => around, room).map(({ start, end }) => [start, end])).toEqual([
      [20, 40],
      [50, 60],
      [40, 60],
    ]);
  });

  it('is bounded, keeps the order, contains what was found, never reads twice and never across versions', () => {
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 9 }), fc.nat(200), (found, passages, tokens) => {
        const read = fitReading(found, ({ around }) => around, { passages, tokens, tokensOf: lengthOf });
        expect(read.length).toBeLessThanOrEqual(passages);
        if (found.length > 0) expect(read[0]?.passage).toBe(found[0]);
        const size = read.reduce((sum, { start, end }) => sum + end - start, 0);
        expect(size).toBeLessThanOrEqual(Math.max(tokens, 10));
        const places = read.map(({ passage }) => found.indexOf(passage));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const seen = new Set<string>();
        for (const { passage, start, end } of read) {
          expect(start <= passage.start && passage.end <= end).toBe(true);
          expect(start >= passage.around.start && end <= passage.around.end).toBe(true);
          for (let at = start; at < end; at++) {
            expect(seen.has(`${passage.versionId}/${at}`)).toBe(false);
            seen.add(`${passage.versionId}/${at}`);
          }
        }
      }),
    );
  });
});
