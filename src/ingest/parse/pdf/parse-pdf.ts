import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { cleanLine } from '../clean-text.ts';
import { DocumentBuilder } from '../document-builder.ts';
import { DocumentDamaged, DocumentWithoutText } from '../failures.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { DeclaredFacts, ParsedDocument } from '../parsed-document.ts';
import { untangleColumns } from './columns.ts';
import { findTables, type TableRows } from './find-tables.ts';
import { joinLines, type Vocabulary, vocabularyOf } from './join-lines.ts';
import { type OpenPdf, openPdf } from './open-pdf.ts';
import { groupLines, type PageBlock, typographyOf } from './page-blocks.ts';
import { readPageText } from './page-text.ts';
import { restoreRows } from './restore-rows.ts';
import { withoutRunning } from './running-lines.ts';
import { assembleLines, type Line, textOfLine } from './text-lines.ts';
import { PARSERS } from '../parser-revisions.ts';
import { rowOf } from '../table-cells.ts';

const DEEPEST_HEADING = 4;

/** The lines of a page. */
interface PageLines {
  readonly visible: readonly Line[];
  /** Outside what the page shows. */
  readonly outside: readonly Line[];
}

/** Outside a page nothing is a table. */
const NO_ROWS: TableRows = new Map();

const NOTHING: PageLines = { visible: [], outside: [] };

/**
 * PDF: text with page numbers; headings inferred from font heights, table rows where cells clearly line up. Text outside
 * the visible part of a page comes after the page's own, marked.
 * @throws DocumentEncrypted, DocumentDamaged, DocumentWithoutText
 */
export async function parsePdf(bytes: Uint8Array, progress: ReportProgress): Promise<ParsedDocument> {
  const pdf = await openPdf(bytes);
  try {
    progress();
    const builder = new DocumentBuilder();
    const pages = await readPages(pdf, builder.warnings, progress);
    const { numPages } = pdf.document;
    if (pages.every(({ visible, outside }) => visible.length + outside.length === 0))
      throw withoutText(builder.warnings.length, numPages);
    warnOfOutside(pages, builder.warnings);
    writePages(pages, builder, progress);
    return builder.finish({
      mediaType: 'application/pdf',
      parser: PARSERS.pdf,
      pageCount: numPages,
      declared: await declaredFacts(pdf.document),
    });
  } finally {
    await pdf.close();
  }
}

function withoutText(failedPages: number, pages: number): Error {
  if (failedPages === pages) return new DocumentDamaged('none of its pages can be read');
  return new DocumentWithoutText(`The PDF has ${pages === 1 ? 'one page' : `${pages} pages`} without any text`);
}

async function readPages(pdf: OpenPdf, warnings: string[], progress: ReportProgress): Promise<PageLines[]> {
  const pages: PageLines[] = [];
  for (let number = 1; number <= pdf.document.numPages; number += 1) {
    try {
      pages.push(await readPage(pdf, number));
    } catch (error) {
      if (error instanceof RangeError && /allocation/i.test(error.message)) throw error;
      pages.push(NOTHING);
      warnings.push(`Page ${number} could not be read.`);
    }
    progress();
  }
  return pages;
}

async function readPage({ document, port }: OpenPdf, number: number): Promise<PageLines> {
  const page = await document.getPage(number);
  try {
    const { visible, outside } = await readPageText(page, port);
    return { visible: restoreRows(untangleColumns(assembleLines(visible))), outside: assembleLines(outside) };
  } finally {
    page.cleanup();
  }
}

function warnOfOutside(pages: readonly PageLines[], warnings: string[]): void {
  const count = pages.filter(({ outside }) => outside.length > 0).length;
  if (count === 0) return;
  const where = count === 1 ? 'One page has' : `${count} pages have`;
  const only = pages.every(({ visible }) => visible.length === 0) ? ' There is no other text.' : '';
  warnings.push(`${where} text outside the visible page: it can be found, but no answer rests on it.${only}`);
}

function writePages(pages: readonly PageLines[], builder: DocumentBuilder, progress: ReportProgress): void {
  const lines = withoutRunning(pages.map(({ visible }) => visible));
  const typography = typographyOf(lines);
  const vocabulary = vocabularyOf(lines.flatMap((page) => page.map((line) => textOfLine(line))));
  const rows = findTables(lines);
  const grouped = lines.map((page) => groupLines(page, typography, rows));
  const levels = headingLevels(grouped.flat(), typography.bodyHeight);
  pages.forEach(({ outside }, index) => {
    builder.page = index + 1;
    for (const block of grouped[index] ?? []) {
      const text = textOfBlock(block, vocabulary);
      if (block.kind === 'heading') builder.heading(levels.get(roundedHeight(block)) ?? DEEPEST_HEADING, text);
      else builder.add(block.kind, text);
    }
    for (const { kind, lines: parts } of groupLines(outside, typography, NO_ROWS))
      builder.addOutsidePage(kind === 'heading' ? 'paragraph' : kind, joinLines(parts, vocabulary));
    progress();
  });
}

function textOfBlock({ lines, cells }: PageBlock, vocabulary: Vocabulary): string {
  return cells === undefined ? joinLines(lines, vocabulary) : rowOf(cells.map((cell) => joinLines(cell, vocabulary)));
}

/** The largest letters are the outermost headings. */
function headingLevels(blocks: readonly PageBlock[], bodyHeight: number): Map<number, number> {
  const heights = new Set(
    blocks
      .filter((block) => block.kind === 'heading' && block.height > bodyHeight)
      .map((block) => roundedHeight(block)),
  );
  const ranked = [...heights].toSorted((one, other) => other - one);
  return new Map(ranked.map((height, index) => [height, Math.min(index + 1, DEEPEST_HEADING - 1)]));
}

function roundedHeight(block: PageBlock): number {
  return Math.round(block.height);
}

/** The file's own title, unless it is what programs put there by themselves. */
async function declaredFacts(pdf: PDFDocumentProxy): Promise<DeclaredFacts> {
  try {
    const { info } = await pdf.getMetadata();
    const facts = info as { Title?: unknown; Author?: unknown };
    const title = typeof facts.Title === 'string' ? cleanLine(facts.Title) : '';
    const author = typeof facts.Author === 'string' ? cleanLine(facts.Author) : '';
    return { ...(isRealTitle(title) ? { title } : {}), ...(author === '' ? {} : { author: author.slice(0, 300) }) };
  } catch {
    return {};
  }
}

function isRealTitle(title: string): boolean {
  const generated =
    /^(?:untitled|microsoft (?:word|powerpoint|excel)|document\d*$|slide \d|\(anonymous\)|.*\.(?:docx?|pdf|tex|dvi|qxd|indd|pptx?|xlsx?)$)/i;
  return title.length >= 3 && title.length <= 300 && !generated.test(title) && /\p{L}{2}/u.test(title);
}
