import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planMerge, type Segment } from './segments.ts';

/** Segments of these sizes, one after the other. */
function segmentsOf(sizes: readonly number[]): Segment[] {
  let firstRow = 0;
  return sizes.map((chunks, segment) => {
    const made = { segment, firstRow, chunks };
    firstRow += chunks;
    return made;
  });
}

/** Merges as planned until there is nothing to do; also how many chunks were rewritten on the way. */
function settle(given: readonly Segment[]): { segments: Segment[]; rewritten: number } {
  let segments = [...given];
  for (let rewritten = 0; ; ) {
    const plan = planMerge(segments);
    if (plan.length === 0) return { segments, rewritten };
    const chunks = plan.reduce((sum, each) => sum + each.chunks, 0);
    rewritten += chunks;
    segments = [...segments.slice(0, -plan.length), { segment: -1, firstRow: plan[0]?.firstRow ?? -1, chunks }];
  }
}

test('merges at least two neighbours at the end, never beyond the largest block that is read at once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 30 }), (sizes) => {
      const segments = segmentsOf(sizes);
      const plan = planMerge(segments);
      expect(plan).not.toHaveLength(1);
      expect(plan).toEqual(plan.length === 0 ? [] : segments.slice(-plan.length));
      expect(plan.reduce((sum, each) => sum + each.chunks, 0)).toBeLessThanOrEqual(131_072);
    }),
  );
});

test('leaves a logarithmic number of segments and rewrites each chunk a logarithmic number of times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1_024 }), { minLength: 1, maxLength: 120, size: 'max' }),
      (batches) => {
        let segments: Segment[] = [];
        let rewritten = 0;
        for (const [segment, chunks] of batches.entries()) {
          const firstRow = segments.reduce((sum, each) => sum + each.chunks, 0);
          const settled = settle([...segments, { segment, firstRow, chunks }]);
          segments = settled.segments;
          rewritten += settled.rewritten;
        }
        const total = batches.reduce((sum, chunks) => sum + chunks, 0);
        expect(segments.reduce((sum, each) => sum + each.chunks, 0)).toBe(total);
        // Each segment is more than twice as large as the next, so that sizes double at least.
        expect(segments.length).toBeLessThanOrEqual(Math.log2(total + 1));
        expect(rewritten / total).toBeLessThanOrEqual(Math.log(total) / Math.log(1.5) + 2);
      },
    ),
  );
});

test('merges two segments when the older is at most twice as large', () => {
  const size = fc.integer({ min: 1, max: 40_000 });
  fc.assert(
    fc.property(size, fc.integer({ min: -3, max: 3 }), (newer, off) => {
      const older = Math.max(1, 2 * newer + off);
      expect(planMerge(segmentsOf([older, newer]))).toHaveLength(older <= 2 * newer ? 2 : 0);
    }),
  );
});
