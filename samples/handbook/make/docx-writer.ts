import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import type { BinaryDocument, Piece } from './content.ts';
import { fixZipDates } from './zip-dates.ts';

/** Width of the text on an A4 page with the default margins, in twentieths of a point. */
const textWidth = 9026;

function writeTable(widths: readonly number[], rows: readonly (readonly string[])[]): Table {
  const columnWidths = widths.map((share) => Math.round(share * textWidth));
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths,
    rows: rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: index === 0,
          children: row.map(
            (cell, column) =>
              new TableCell({
                width: { size: columnWidths[column] ?? 0, type: WidthType.DXA },
                children: [new Paragraph({ children: [new TextRun({ text: cell, bold: index === 0 })] })],
              }),
          ),
        }),
    ),
  });
}

function writePiece(piece: Piece): (Paragraph | Table)[] {
  switch (piece.kind) {
    case 'heading':
      return [new Paragraph({ text: piece.text, heading: HeadingLevel.HEADING_1 })];
    case 'paragraph':
      return [new Paragraph({ text: piece.text, spacing: { after: 160 } })];
    case 'list':
      return piece.items.map((item) => new Paragraph({ text: item, bullet: { level: 0 } }));
    case 'table':
      return [writeTable(piece.widths, piece.rows), new Paragraph({ text: '' })];
    case 'page-break':
      return [new Paragraph({ text: '', pageBreakBefore: true })];
  }
}

/** The document as DOCX. The library stamps the current time into the file: the caller holds the clock still. */
export async function writeDocx(document: BinaryDocument): Promise<Uint8Array> {
  const file = new Document({
    title: document.title,
    creator: 'Tarnholt Instruments',
    lastModifiedBy: 'Tarnholt Instruments',
    sections: [
      {
        children: [
          new Paragraph({ text: document.title, heading: HeadingLevel.TITLE }),
          new Paragraph({ text: document.subtitle, spacing: { after: 240 } }),
          ...document.pieces.flatMap(writePiece),
        ],
      },
    ],
  });
  return fixZipDates(await Packer.toBuffer(file));
}
