import { type Parser, parse as createCsvParser } from 'csv-parse';
import { cleanLine } from '../clean-text.ts';
import { DocumentBuilder } from '../document-builder.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import { PARSERS } from '../parser-revisions.ts';

const SLICE = 64 * 1024;
const LONGEST_RECORD = 1024 * 1024;

/** CSV or TSV. */
export type DelimitedType = 'text/csv' | 'text/tab-separated-values';

/**
 * A table as text: every row is a record `Name: value; Name: value`, so that each can be read by itself. The first row
 * gives the names if it looks like names. A file that breaks the rules of CSV is read line by line, with a warning.
 */
export async function parseDelimited(
  source: string,
  type: DelimitedType,
  progress: ReportProgress,
): Promise<ParsedDocument> {
  const delimiter = type === 'text/csv' ? guessDelimiter(source) : '\t';
  try {
    return await readRecords(source, { type, delimiter, progress });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('CSV_')) throw error;
    return readLines(source, type, progress);
  }
}

interface Reading {
  readonly type: DelimitedType;
  readonly delimiter: string;
  readonly progress: ReportProgress;
}

async function readRecords(source: string, { type, delimiter, progress }: Reading): Promise<ParsedDocument> {
  const builder = new DocumentBuilder();
  const parser = createCsvParser({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  let names: readonly string[] | null = null;
  const take = (row: readonly string[]): void => {
    if (names === null) {
      names = columnNames(row);
      if (looksLikeNames(row)) return;
    }
    builder.add('record', recordText(names, row));
  };
  await feed(parser, source, { take, progress });
  return builder.finish({ mediaType: type, parser: type === 'text/csv' ? PARSERS.csv : PARSERS.tsv });
}

async function feed(
  parser: Parser,
  source: string,
  { take, progress }: { take: (row: readonly string[]) => void; progress: ReportProgress },
): Promise<void> {
  const reading = (async () => {
    for await (const row of parser) {
      take(row as readonly string[]);
      progress();
    }
  })();
  const writing = (async () => {
    for (let at = 0; at < source.length && !parser.destroyed; at += SLICE) {
      const room = parser.write(source.slice(at, at + SLICE));
      if (!room) await new Promise<void>((resolve) => parser.once('drain', resolve).once('close', resolve));
    }
    if (!parser.destroyed) parser.end();
  })();
  await Promise.all([reading, writing]);
}

/** The separator the first line has most of. */
function guessDelimiter(source: string): string {
  const first =
    source
      .trimStart()
      .slice(0, 8_192)
      .split(/\r?\n/, 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const count = (mark: string): number => first.split(mark).length;
  return [',', ';', '\t', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Names are short, all there, all different, and no numbers. */
function looksLikeNames(row: readonly string[]): boolean {
  const names = row.map((cell) => cell.trim());
  const plausible = names.every((name) => name !== '' && name.length <= 100 && !/^[-+]?[\d.,]+%?$/.test(name));
  return plausible && new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

function columnNames(row: readonly string[]): string[] {
  const named = looksLikeNames(row);
  return row.map((cell, index) => (named ? cleanLine(cell) : `Column ${index + 1}`));
}

function recordText(names: readonly string[], row: readonly string[]): string {
  return row
    .map((cell, index) => [names[index] ?? `Column ${index + 1}`, cleanLine(cell)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

function readLines(source: string, type: DelimitedType, progress: ReportProgress): ParsedDocument {
  const builder = new DocumentBuilder();
  for (const line of source.split(/\r\n?|\n/)) {
    builder.add('record', line);
    progress();
  }
  const warnings = ['The table breaks the rules of CSV and was read line by line.'];
  return builder.finish({ mediaType: type, parser: type === 'text/csv' ? PARSERS.csv : PARSERS.tsv, warnings });
}
