import { describe, expect, it } from 'vitest';
import { common, relationsOf, type TableCell } from './adjacency.ts';

function cell(text: string, row: number, column: number): TableCell {
  return { text, rows: [row, row], columns: [column, column] };
}

describe('relationsOf', () => {
  it('gives the nearest neighbours to the right and below, with the blank cells between', () => {
    const cells = [cell('A', 0, 0), cell('', 0, 1), cell('C', 0, 2), cell('a', 1, 0), cell('c', 1, 2)];
    expect(relationsOf(cells).map((each) => JSON.parse(each) as unknown)).toEqual([
      ['A', 'C', 'columns', 1],
      ['A', 'a', 'rows', 0],
      ['C', 'c', 'rows', 0],
      ['a', 'c', 'columns', 1],
    ]);
  });

  it('gives a cell over several columns each of its neighbours below', () => {
    const year = { ...cell('Year', 0, 0), columns: [0, 1] } as const;
    expect(relationsOf([year, cell('2024', 1, 0), cell('2025', 1, 1)])).toHaveLength(3);
  });
});

describe('common', () => {
  it('counts each relation as often as it is in both', () => {
    expect(common(['a', 'a', 'b'], ['a', 'a', 'a', 'c'])).toBe(2);
  });
});
