/** One piece of a document's content, in reading order; both writers understand it. */
export type Piece =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The first row is the header; `widths` are shares of the text width and sum to 1. */
  | { readonly kind: 'table'; readonly widths: readonly number[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'page-break' };

/** A document to be written as PDF or DOCX. */
export interface BinaryDocument {
  /** Relative to `documents/`. */
  readonly path: string;
  readonly title: string;
  /** Printed under the title. */
  readonly subtitle: string;
  readonly pieces: readonly Piece[];
}

/** A section heading. */
export const heading = (text: string): Piece => ({ kind: 'heading', text });

/** A paragraph of running text. */
export const paragraph = (text: string): Piece => ({ kind: 'paragraph', text });

/** A bulleted list. */
export const list = (...items: readonly string[]): Piece => ({ kind: 'list', items });

/** A table; cells are separated by ` | `, the first line is the header. */
export function table(widths: readonly number[], ...lines: readonly string[]): Piece {
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  for (const row of rows) {
    if (row.length !== widths.length)
      throw new Error(`Table row has ${row.length} cells, not ${widths.length}: ${row.join(', ')}`);
  }
  return { kind: 'table', widths, rows };
}

/** Starts a new page. */
export const pageBreak: Piece = { kind: 'page-break' };
