/** A cell of a table: its text, and the rows and columns it covers, inclusive. */
export interface TableCell {
  readonly text: string;
  readonly rows: readonly [first: number, last: number];
  readonly columns: readonly [first: number, last: number];
}

/**
 * The adjacency relations of a table (Göbel, Hassan, Oro and Orsi 2012, "A methodology for evaluating algorithms for table understanding in PDF
 * documents"): each cell with its nearest neighbour to the right and below, by their letters, the direction and how many blank
 * cells lie between.
 */
export function relationsOf(cells: readonly TableCell[]): string[] {
  const solid = cells.filter(({ text }) => lettersOf(text) !== '');
  return solid.flatMap((cell) => [
    ...nearest(solid, cell, { along: 'columns', across: 'rows' }),
    ...nearest(solid, cell, { along: 'rows', across: 'columns' }),
  ]);
}

interface Axes {
  readonly along: 'rows' | 'columns';
  readonly across: 'rows' | 'columns';
}

function nearest(cells: readonly TableCell[], from: TableCell, { along, across }: Axes): string[] {
  const beyond = cells.filter(
    (to) => to[along][0] > from[along][1] && to[across][0] <= from[across][1] && to[across][1] >= from[across][0],
  );
  const at = Math.min(...beyond.map((to) => to[along][0]));
  const blanks = at - from[along][1] - 1;
  return beyond
    .filter((to) => to[along][0] === at)
    .map((to) => JSON.stringify([lettersOf(from.text), lettersOf(to.text), along, blanks]));
}

/** What counts when texts of cells are compared. */
function lettersOf(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}

/** How many relations two lists have in common, each as often as it is in both. */
export function common(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const each of one) left.set(each, (left.get(each) ?? 0) + 1);
  let found = 0;
  for (const each of other) {
    const count = left.get(each) ?? 0;
    if (count > 0) found += 1;
    left.set(each, count - 1);
  }
  return found;
}
