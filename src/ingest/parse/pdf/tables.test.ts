import { describe, expect, it } from 'vitest';
import { tinyPdf, write } from '../testdata/tiny-pdf.ts';
import { parsePdf } from './parse-pdf.ts';
import { gridOf } from './table-grid.ts';

const boxes = '/MediaBox [0 0 600 800]';

/** Pages of texts at places: [x, y, text]. */
async function blocksOf(...pages: (readonly (readonly [number, number, string])[])[]): Promise<string[]> {
  const contents = pages.map((runs) => ({ boxes, content: runs.map((run) => write(...run)).join('') }));
  const { blocks, text } = await parsePdf(tinyPdf(contents), () => undefined);
  return blocks.map(({ kind, page, start, end }) => `${page} ${kind}: ${text.slice(start, end)}`);
}

/** Rows whose columns begin at 50, 250 and 450, the first at a height. */
function rows(
  top: number,
  step: number,
  ...lines: readonly (readonly [string, string, string])[]
): [number, number, string][] {
  return lines.flatMap((cells, row) =>
    cells.flatMap((cell, at): [number, number, string][] =>
      cell === '' ? [] : [[50 + 200 * at, top - row * step, cell]],
    ),
  );
}

const prose = (top: number, count = 12): [number, number, string][] =>
  Array.from({ length: count }, (_, at) => [
    50,
    top - 12 * at,
    `Line ${String.fromCodePoint(97 + at)} of a text that fills its page.`,
  ]);

describe('tables of a PDF', () => {
  it('keep the place of an empty cell', async () => {
    const table = rows(700, 20, ['Room', 'Seats', 'Key'], ['Blue', '12', 'A1'], ['Green', '', 'A2'], ['', '8', 'A3']);
    expect(await blocksOf(table)).toEqual([
      '1 table-row: Room | Seats | Key',
      '1 table-row: Blue | 12 | A1',
      '1 table-row: Green |  | A2',
      '1 table-row: | 8 | A3',
    ]);
  });

  it('keep a cell of several lines whole, and the rows after it', async () => {
    const table = [
      ...rows(700, 20, ['Role', 'Count', 'Task'], ['Warden', '4', 'Checks every room of']),
      ...rows(668, 20, ['', '', 'the zone']),
      ...rows(648, 20, ['First', '6', 'Cares for the']),
      ...rows(636, 20, ['aider', '', 'injured']),
      ...rows(616, 20, ['Guard', '1', 'Opens the gate']),
    ];
    expect(await blocksOf(table)).toEqual([
      '1 table-row: Role | Count | Task',
      '1 table-row: Warden | 4 | Checks every room of the zone',
      '1 table-row: First aider | 6 | Cares for the injured',
      '1 table-row: Guard | 1 | Opens the gate',
    ]);
  });

  it('keep the last row whole where its cells stand beside those of the heading', async () => {
    const table: [number, number, string][] = [
      ...rows(700, 20, ['Role', 'Count', 'Task']),
      ...rows(680, 20, ['Guard', '1', '']),
      [457, 680, 'Opens the gate'],
      [457, 668, 'at six'],
    ];
    expect(await blocksOf(table)).toEqual([
      '1 table-row: Role | Count | Task',
      '1 table-row: Guard | 1 | Opens the gate at six',
    ]);
  });

  it('are read row by row where they were written cell by cell', async () => {
    const head = rows(700, 20, ['Item', 'Price', 'Note'], ['Pen', '2', 'blue']);
    const cells: [number, number, string][] = [
      [50, 660, 'Ink for the'],
      [50, 648, 'printer'],
      [250, 660, '9'],
      [450, 660, 'black'],
      [450, 648, 'only'],
    ];
    expect(await blocksOf([...head, ...cells])).toEqual([
      '1 table-row: Item | Price | Note',
      '1 table-row: Pen | 2 | blue',
      '1 table-row: Ink for the printer | 9 | black only',
    ]);
  });

  it('go on across pages, without the lines that run through them and a heading that is repeated', async () => {
    const footer = (page: number): [number, number, string][] => [[50, 30, `Plan, page ${page} of 2`]];
    const head = ['Substance', 'Limit', 'Place'] as const;
    const one = [...prose(780, 40), ...rows(90, 20, head), ...footer(1)];
    const two = [
      ...rows(780, 20, head, ['Acid', '60 l', 'Hall 1'], ['Salt', '9 kg', 'Hall 2']),
      ...prose(680),
      ...footer(2),
    ];
    expect((await blocksOf(one, two)).filter((block) => !block.includes('paragraph: Line'))).toEqual([
      '1 table-row: Substance | Limit | Place',
      '2 table-row: Acid | 60 l | Hall 1',
      '2 table-row: Salt | 9 kg | Hall 2',
      '2 paragraph: Plan, page 2 of 2',
    ]);
  });

  it('are not made of two columns of prose', async () => {
    const left = prose(700, 5);
    const right = prose(700, 5).map(([, y, text]): [number, number, string] => [350, y, text.toUpperCase()]);
    const blocks = await blocksOf([...left, ...right]);
    expect(blocks.every((block) => block.includes('paragraph'))).toBe(true);
    expect(blocks).toHaveLength(2);
  });
});

describe('gridOf', () => {
  it('takes more rows than a call takes arguments', () => {
    const cells = [
      { text: 'A', left: 50, right: 60 },
      { text: 'B', left: 250, right: 260 },
    ];
    const lines = Array.from({ length: 200_000 }, (_, at) => ({
      cells,
      y: -12 * at,
      left: 50,
      right: 260,
      height: 10,
      angle: 0,
    }));
    expect(gridOf(lines)).toHaveLength(200_000);
  });
});

describe('lines that run through pages', () => {
  it.each([
    ['chapters', (page: number) => `Chapter ${1 + Math.floor(page / 4)}, ${17 + page}`],
    ['a book of which every second page is there', (page: number) => `Page ${1 + 2 * page}`],
    ['parts that count anew', (page: number) => `Page ${1 + (page % 4)} of 4`],
  ])('count on as %s do', async (_name, footer) => {
    const pages = Array.from({ length: 12 }, (_, page): [number, number, string][] => [
      ...prose(780, 40).map(([x, y, text]): [number, number, string] => [x, y, `${'abcdefghijkl'[page]} ${text}`]),
      [50, 30, footer(page)],
    ]);
    const said = (await blocksOf(...pages)).flatMap((block) => block.match(/Chapter \d|Page \d/g) ?? []);
    expect(said).toHaveLength(1);
  });

  it('are none where each page says another figure', async () => {
    const page = (number: number, total: number): [number, number, string][] => [
      ...prose(780, 40),
      [50, 60, `Total ${total}`],
      [50, 30, `Accounts of 2025, page ${number}`],
    ];
    const said = await blocksOf(page(1, 120), page(2, 450), page(3, 75));
    const edges = said.flatMap((block) => block.match(/Total \d+|Accounts of 2025, page \d/g) ?? []);
    expect(edges).toEqual(['Total 120', 'Total 450', 'Total 75', 'Accounts of 2025, page 3']);
  });

  it('stay where they are much of what the document says', async () => {
    const page: [number, number, string][] = [
      [50, 700, 'Same'],
      [50, 650, 'Other'],
      [50, 600, 'More'],
      [50, 30, 'Foot'],
    ];
    expect((await blocksOf(page, page)).filter((block) => block.includes('Foot'))).toHaveLength(2);
  });
});
