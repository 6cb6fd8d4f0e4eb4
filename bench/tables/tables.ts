import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import type { ParsedDocument } from '../../src/ingest/parse/parsed-document.ts';
import { parsePdf } from '../../src/ingest/parse/pdf/parse-pdf.ts';
import { cellsOf } from '../../src/ingest/parse/table-cells.ts';
import { type Metrics, progress } from '../report/report.ts';
import { common, relationsOf, type TableCell } from './adjacency.ts';

/**
 * Tables in the PDFs of a folder in the layout of ICDAR 2013 (`NAME.pdf`, `NAME-str.xml`) against the truth: precision, recall
 * and F1 of the adjacency relations of cells, over all files and as the mean over files.
 */
export async function measureTables(args: readonly string[]): Promise<Metrics> {
  const [folder] = args;
  if (folder === undefined) throw new Error('Say which folder: bench -- tables ../shared/data/parsing/icdar2013');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pdf')).map((name) => name.slice(0, -4));
  const counts: Counts[] = [];
  for (const name of names.toSorted()) {
    const wanted = (await truthOf(folder, name)).flatMap(relationsOf);
    const found = tablesOf(await parsed(join(folder, `${name}.pdf`))).flatMap(relationsOf);
    const right = common(wanted, found);
    counts.push({ wanted: wanted.length, found: found.length, right });
    progress(`${name}: ${right} of ${wanted.length} relations, ${found.length} found`);
  }
  const sum = (key: keyof Counts): number => counts.reduce((total, each) => total + each[key], 0);
  const own = counts.map(({ right, found, wanted }) => f1(right, { found, wanted }));
  return {
    precision: sum('right') / Math.max(1, sum('found')),
    recall: sum('right') / sum('wanted'),
    f1: f1(sum('right'), { found: sum('found'), wanted: sum('wanted') }),
    meanF1: own.reduce((total, each) => total + each, 0) / own.length,
    files: names.length,
    relations: sum('wanted'),
  };
}

/** Relations of a file. */
interface Counts {
  readonly wanted: number;
  readonly found: number;
  readonly right: number;
}

function f1(right: number, { found, wanted }: { readonly found: number; readonly wanted: number }): number {
  return (2 * right) / Math.max(1, found + wanted);
}

async function parsed(path: string): Promise<ParsedDocument> {
  return await parsePdf(new Uint8Array(await readFile(path)), () => undefined);
}

/** The tables of a document: rows that follow each other. */
function tablesOf({ text, blocks }: ParsedDocument): TableCell[][] {
  const tables: string[][][] = [];
  let rows: string[][] = [];
  for (const block of blocks) {
    if (block.kind === 'table-row') rows.push(cellsOf(text.slice(block.start, block.end)));
    else if (rows.length > 0) {
      tables.push(rows);
      rows = [];
    }
  }
  return [...tables, rows].map((own) =>
    own.flatMap((cells, row) =>
      cells.map((cell, column) => ({ text: cell, rows: [row, row], columns: [column, column] }) as const),
    ),
  );
}

async function truthOf(folder: string, name: string): Promise<TableCell[][]> {
  const { document } = parseHTML(await readFile(join(folder, `${name}-str.xml`), 'utf8'));
  return [...document.querySelectorAll('table')].map((table) =>
    [...table.querySelectorAll('region')].flatMap((region) => {
      const down = Number(region.getAttribute('row-increment') ?? 0);
      const along = Number(region.getAttribute('col-increment') ?? 0);
      return [...region.querySelectorAll('cell')].map((cell): TableCell => {
        const at = (key: string, or: number): number => Number(cell.getAttribute(key) ?? or);
        const row = at('start-row', 0);
        const column = at('start-col', 0);
        return {
          text: cell.querySelector('content')?.textContent ?? '',
          rows: [row + down, at('end-row', row) + down],
          columns: [column + along, at('end-col', column) + along],
        };
      });
    }),
  );
}
