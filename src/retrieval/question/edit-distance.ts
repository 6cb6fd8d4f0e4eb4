/**
 * Optimal string alignment distance: insertions, deletions, substitutions and transpositions of neighbours count one each
 * (Damerau 1964; four in five misspellings are one of these).
 * @param limit larger distances are not told apart
 * @returns the distance, or `limit + 1` when it is larger
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let [before, last] = [new Uint8Array(b.length + 1), Uint8Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = new Uint8Array(b.length + 1);
    row[0] = i;
    let lowest = i;
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (last[j - 1] as number) + Number(a[i - 1] !== b[j - 1]);
      let best = Math.min(substituted, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] as number) + 1);
      row[j] = best;
      lowest = Math.min(lowest, best);
    }
    if (lowest > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return Math.min(last[b.length] as number, limit + 1);
}
