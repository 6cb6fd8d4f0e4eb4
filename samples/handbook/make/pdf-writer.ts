import { PDFDocument, type PDFFont, type PDFPage, StandardFonts, rgb } from 'pdf-lib';
import type { BinaryDocument, Piece } from './content.ts';

const pageWidth = 595;
const pageHeight = 842;
const margin = 64;
const textWidth = pageWidth - 2 * margin;
const bodySize = 10.5;
const lineHeight = 15;
const cellPadding = 5;

interface Fonts {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

/** Cuts a text into lines no wider than `width` points; words are never hyphenated. */
function wrap(text: string, font: PDFFont, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (font.widthOfTextAtSize(longer, bodySize) > width && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** Writes pieces from top to bottom and begins pages as they fill. */
class PageWriter {
  #page: PDFPage;
  #y = pageHeight - margin;
  readonly #pdf: PDFDocument;
  readonly #fonts: Fonts;

  constructor(pdf: PDFDocument, fonts: Fonts) {
    this.#pdf = pdf;
    this.#fonts = fonts;
    this.#page = pdf.addPage([pageWidth, pageHeight]);
  }

  /** Draws one piece. */
  write(piece: Piece): void {
    if (piece.kind === 'page-break') this.#newPage();
    else if (piece.kind === 'heading') this.writeHeading(piece.text, 14);
    else if (piece.kind === 'paragraph') this.#writeLines(piece.text, 0, 8);
    else if (piece.kind === 'list') for (const item of piece.items) this.#writeItem(item);
    else this.#writeTable(piece.widths, piece.rows);
  }

  /** A bold line of its own at `size` points. */
  writeHeading(text: string, size: number): void {
    this.#need(size + 60);
    this.#y -= size + 10;
    this.#page.drawText(text, { x: margin, y: this.#y, size, font: this.#fonts.bold });
    this.#y -= 8;
  }

  #writeItem(text: string): void {
    this.#need(2 * lineHeight);
    this.#page.drawText('•', { x: margin + 4, y: this.#y - lineHeight, size: bodySize, font: this.#fonts.regular });
    this.#writeLines(text, 16, 2);
  }

  #writeLines(text: string, indent: number, gapAfter: number): void {
    for (const line of wrap(text, this.#fonts.regular, textWidth - indent)) {
      this.#need(lineHeight);
      this.#y -= lineHeight;
      this.#page.drawText(line, { x: margin + indent, y: this.#y, size: bodySize, font: this.#fonts.regular });
    }
    this.#y -= gapAfter;
  }

  #writeTable(widths: readonly number[], rows: readonly (readonly string[])[]): void {
    this.#y -= 6;
    rows.forEach((row, index) => this.#writeRow(widths, row, index === 0 ? this.#fonts.bold : this.#fonts.regular));
    this.#y -= 10;
  }

  #writeRow(widths: readonly number[], cells: readonly string[], font: PDFFont): void {
    const wrapped = cells.map((cell, index) => wrap(cell, font, (widths[index] ?? 0) * textWidth - 2 * cellPadding));
    const height = Math.max(...wrapped.map((lines) => lines.length)) * lineHeight + cellPadding;
    this.#need(height);
    let x = margin;
    wrapped.forEach((lines, index) => {
      const width = (widths[index] ?? 0) * textWidth;
      this.#page.drawRectangle({
        x,
        y: this.#y - height,
        width,
        height,
        borderWidth: 0.6,
        borderColor: rgb(0.5, 0.5, 0.5),
      });
      lines.forEach((line, row) => {
        const y = this.#y - (row + 1) * lineHeight + 2;
        this.#page.drawText(line, { x: x + cellPadding, y, size: bodySize, font });
      });
      x += width;
    });
    this.#y -= height;
  }

  #need(height: number): void {
    if (this.#y - height < margin) this.#newPage();
  }

  #newPage(): void {
    this.#page = this.#pdf.addPage([pageWidth, pageHeight]);
    this.#y = pageHeight - margin;
  }
}

/** Page numbers at the foot, once all pages exist. */
function numberPages(pdf: PDFDocument, title: string, font: PDFFont): void {
  const pages = pdf.getPages();
  pages.forEach((page, index) => {
    page.drawText(`${title} · page ${index + 1} of ${pages.length}`, { x: margin, y: 36, size: 8, font });
  });
}

/** The document as PDF; the same bytes for the same content and date. */
export async function writePdf(document: BinaryDocument, date: Date): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(document.title);
  pdf.setAuthor('Tarnholt Instruments');
  pdf.setLanguage('en');
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  const fonts = {
    regular: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
  };
  const writer = new PageWriter(pdf, fonts);
  writer.writeHeading(document.title, 20);
  for (const piece of [{ kind: 'paragraph', text: document.subtitle } as const, ...document.pieces])
    writer.write(piece);
  numberPages(pdf, document.title, fonts.regular);
  return pdf.save();
}
