import { recordFieldsOf } from '../../ingest/index.ts';
import { analyse } from '../../retrieval/index.ts';
import { apart, type CandidateSentence, candidateSentences } from '../extractive/candidate-sentences.ts';
import { namedCells } from '../extractive/tell-row.ts';

/** A row with its cells. */
export interface TableRow {
  readonly sentence: CandidateSentence;
  /** By the name of the column, in the order of the columns; without the empty ones. */
  readonly cells: ReadonlyMap<string, string>;
  /** Terms of all cells. */
  readonly terms: ReadonlySet<string>;
  /** Terms of the first cell, which names what the row stands for. */
  readonly key: ReadonlySet<string>;
}

/** A column. */
export interface TableColumn {
  readonly name: string;
  readonly terms: ReadonlySet<string>;
}

/** A table as a whole. */
export interface WholeTable {
  /** The column of what a row stands for. */
  readonly key: TableColumn;
  /** The others. */
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** Terms of the title and the headings above it. */
  readonly above: ReadonlySet<string>;
  /** Of its text, in UTF-16 code units. */
  readonly length: number;
}

/** A longer table, of some 150 rows, is not read as a whole: it would take ten milliseconds. UTF-16 code units. */
const LONGEST = 12_000;

/**
 * The whole table that a row stands in, also those of its rows that no search found.
 * @param longest that is read, in UTF-16 code units; never more than 12,000
 * @returns null: it is no row, or the table is too long
 */
export function tableAround(row: CandidateSentence, longest: number = LONGEST): WholeTable | null {
  const stretch = stretchAround(row);
  const length = stretch === null ? 0 : stretch.end - stretch.start;
  if (stretch === null || length > Math.min(longest, LONGEST)) return null;
  const { passage } = row;
  const rows = candidateSentences([{ ...passage, ...stretch, text: passage.source.slice(stretch.start, stretch.end) }])
    .filter((each) => each.kind === row.kind && each.columns?.start === row.columns?.start && each.about === row.about)
    .map(tableRow);
  const names = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  const [key, ...columns] = names.map((name): TableColumn => ({ name, terms: termsOf(name) }));
  if (key === undefined) return null;
  const above = termsOf([passage.title, ...passage.headingPath, row.label ?? ''].join(' '));
  return { key, columns, rows: rows.filter(({ cells }) => cells.has(key.name) && cells.size > 1), above, length };
}

function tableRow(sentence: CandidateSentence): TableRow {
  const cells = cellsOf(sentence);
  const texts = [...cells.values()];
  return { sentence, cells, terms: termsOf(texts.join(' ')), key: termsOf(texts[0] ?? '') };
}

/** Of a table in a text from its column names to the next empty line; of records the whole text. */
function stretchAround({
  kind,
  columns,
  passage: { source },
}: CandidateSentence): { start: number; end: number } | null {
  if (kind === 'record') return { start: 0, end: source.length };
  if (kind !== 'table-row' || columns === null) return null;
  const gap = source.indexOf('\n\n', columns.end);
  return { start: columns.start, end: gap === -1 ? source.length : gap };
}

/** A row's or a record's cells by column. */
function cellsOf({ text, readable, columns, passage: { source } }: CandidateSentence): Map<string, string> {
  if (columns !== null) return new Map(namedCells(text, source.slice(columns.start, columns.end)));
  const fields = recordFieldsOf(readable);
  return new Map(
    fields.map(({ name, start }, i) => {
      const end = fields[i + 1]?.start ?? readable.length;
      return [name, readable.slice(start + name.length + ': '.length, end).replace(/; $/, '')];
    }),
  );
}

/** Terms, also of `halfDay`. */
function termsOf(text: string): Set<string> {
  return new Set(analyse(apart(text)));
}
