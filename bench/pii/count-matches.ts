import type { LabelledSpan } from './labelled.ts';

/** Least share of the union of two spans that both must cover to be the same finding. */
const MIN_OVERLAP = 0.5;

/** How many findings were right, wrong, and missing. */
export interface Counts {
  right: number;
  wrong: number;
  missed: number;
}

/**
 * Adds what was found in one text to the counts of each type. Spans are paired one to one: same type, intersection over
 * union of at least .5, best pairs first.
 */
export function countMatches(
  counts: Map<string, Counts>,
  found: readonly LabelledSpan[],
  labelled: readonly LabelledSpan[],
): void {
  const pairs = found
    .flatMap((a) => labelled.map((b) => ({ a, b, overlap: a.type === b.type ? overlapOf(a, b) : 0 })))
    .filter(({ overlap }) => overlap >= MIN_OVERLAP)
    .sort((one, other) => other.overlap - one.overlap);
  const paired = new Set<LabelledSpan>();
  for (const { a, b } of pairs) {
    if (paired.has(a) || paired.has(b)) continue;
    paired.add(a).add(b);
    countsOf(counts, a.type).right++;
  }
  for (const span of found) if (!paired.has(span)) countsOf(counts, span.type).wrong++;
  for (const span of labelled) if (!paired.has(span)) countsOf(counts, span.type).missed++;
}

function overlapOf(a: LabelledSpan, b: LabelledSpan): number {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

function countsOf(counts: Map<string, Counts>, type: string): Counts {
  const known = counts.get(type);
  if (known !== undefined) return known;
  const fresh = { right: 0, wrong: 0, missed: 0 };
  counts.set(type, fresh);
  return fresh;
}
