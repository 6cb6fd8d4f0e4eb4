import type { PDFDocumentProxy, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import { cleanLine } from '../clean-text.ts';
import { DocumentBuilder } from '../document-builder.ts';
import { DocumentDamaged, DocumentWithoutText } from '../failures.ts';
import type { ReportProgress } from '../parse-file.ts';
import type { DeclaredFacts, ParsedDocument } from '../parsed-document.ts';
import { untangleColumns } from './columns.ts';
import { joinLines, vocabularyOf } from './join-lines.ts';
import { openPdf } from './open-pdf.ts';
import { groupLines, type PageBlock, typographyOf } from './page-blocks.ts';
import { assembleLines, type Line, textOfLine } from './text-lines.ts';

const PARSER = 'pdf@1';
const DEEPEST_HEADING = 4;

/**
 * PDF: text with page numbers; headings inferred from font heights, table rows where cells clearly line up.
 * @throws DocumentEncrypted, DocumentDamaged, DocumentWithoutText
 */
export async function parsePdf(bytes: Uint8Array, progress: ReportProgress): Promise<ParsedDocument> {
  const pdf = await openPdf(bytes);
  try {
    progress();
    const builder = new DocumentBuilder();
    const pages = await readPages(pdf, builder.warnings, progress);
    if (pages.every((page) => page.length === 0)) throw withoutText(builder.warnings.length, pdf.numPages);
    writePages(pages, builder, progress);
    return builder.finish({
      mediaType: 'application/pdf',
      parser: PARSER,
      pageCount: pdf.numPages,
      declared: await declaredFacts(pdf),
    });
  } finally {
    await pdf.loadingTask.destroy();
  }
}

function withoutText(failedPages: number, pages: number): Error {
  if (failedPages === pages) return new DocumentDamaged('none of its pages can be read');
  return new DocumentWithoutText(`The PDF has ${pages === 1 ? 'one page' : `${pages} pages`} without any text`);
}

async function readPages(
  pdf: PDFDocumentProxy,
  warnings: string[],
  progress: ReportProgress,
): Promise<(readonly Line[])[]> {
  const pages: (readonly Line[])[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    try {
      pages.push(await readPage(pdf, number));
    } catch (error) {
      if (error instanceof RangeError && /allocation/i.test(error.message)) throw error;
      pages.push([]);
      warnings.push(`Page ${number} could not be read.`);
    }
    progress();
  }
  return pages;
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<readonly Line[]> {
  const page = await pdf.getPage(number);
  try {
    const { items } = await page.getTextContent();
    const runs = items.filter((item): item is TextItem => 'str' in item);
    return untangleColumns(assembleLines(runs));
  } finally {
    page.cleanup();
  }
}

function writePages(pages: readonly (readonly Line[])[], builder: DocumentBuilder, progress: ReportProgress): void {
  const typography = typographyOf(pages);
  const vocabulary = vocabularyOf(pages.flatMap((lines) => lines.map((line) => textOfLine(line))));
  const grouped = pages.map((lines) => groupLines(lines, typography));
  const levels = headingLevels(grouped.flat(), typography.bodyHeight);
  grouped.forEach((blocks, index) => {
    builder.page = index + 1;
    for (const block of blocks) {
      const text = joinLines(block.lines, vocabulary);
      if (block.kind === 'heading') builder.heading(levels.get(roundedHeight(block)) ?? DEEPEST_HEADING, text);
      else builder.add(block.kind, text);
    }
    progress();
  });
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
