import type { DocumentBuilder } from '../document-builder.ts';
import type { ReportProgress } from '../parse-file.ts';
import { BLOCKS, type HtmlNode, lineOf, SKIPPED, type Visitor, walk } from './html-elements.ts';
import { tableRows } from './html-tables.ts';

const HEADING = /^h([1-6])$/;

/** Writes the readable text below a node as headings, paragraphs, list items, quotes, code and table rows. */
export function writeHtml(root: HtmlNode, builder: DocumentBuilder, progress: ReportProgress): void {
  const writer = new HtmlWriter(root, builder, progress);
  walk(root, writer);
  writer.flush();
}

interface OpenList {
  /** Number of the next item; null where items are not numbered. */
  next: number | null;
}

class HtmlWriter implements Visitor {
  readonly #root: HtmlNode;
  readonly #builder: DocumentBuilder;
  readonly #progress: ReportProgress;
  readonly #lists: OpenList[] = [];
  #pieces: string[] = [];
  #marker = '';
  #items = 0;
  #quotes = 0;

  constructor(root: HtmlNode, builder: DocumentBuilder, progress: ReportProgress) {
    this.#root = root;
    this.#builder = builder;
    this.#progress = progress;
  }

  enter(element: HtmlNode, name: string): boolean {
    if (element !== this.#root && (SKIPPED.has(name) || isHidden(element))) return false;
    if (name === 'br') this.#pieces.push('\n');
    if (name === 'hr') this.flush();
    if (this.#whole(element, name)) return false;
    if (!BLOCKS.has(name)) return true;
    this.flush();
    this.#open(element, name);
    return true;
  }

  #open(element: HtmlNode, name: string): void {
    if (name === 'ol') this.#lists.push({ next: Number(element.getAttribute?.('start') ?? 1) || 1 });
    else if (name === 'ul' || name === 'menu') this.#lists.push({ next: null });
    else if (name === 'li') this.#item();
    else if (name === 'blockquote') this.#quotes += 1;
  }

  leave(_: HtmlNode, name: string): void {
    if (!BLOCKS.has(name)) return;
    this.flush();
    if (name === 'ol' || name === 'ul' || name === 'menu') this.#lists.pop();
    else if (name === 'li') this.#items = Math.max(0, this.#items - 1);
    else if (name === 'blockquote') this.#quotes -= 1;
  }

  text(data: string): void {
    this.#pieces.push(data.replace(/[ \t\r\n\f]+/g, ' '));
  }

  flush(): void {
    if (this.#pieces.length === 0) return;
    const text = this.#pieces
      .join('')
      .replace(/ {2,}/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim();
    this.#pieces = [];
    if (text === '') return;
    if (this.#items > 0) this.#builder.add('list-item', this.#marker + text);
    else this.#builder.add(this.#quotes > 0 ? 'quote' : 'paragraph', text);
    this.#marker = '';
    this.#progress();
  }

  /** Elements that become blocks as a whole; true when the element was one. */
  #whole(element: HtmlNode, name: string): boolean {
    const level = HEADING.exec(name)?.[1];
    if (level !== undefined) {
      this.flush();
      this.#builder.heading(Number(level), lineOf(element));
      return true;
    }
    if (name === 'pre') {
      this.flush();
      this.#builder.add('code', lineOf(element, true).replace(/^\n+|\s+$/g, ''));
      return true;
    }
    const rows = name === 'table' ? tableRows(element) : null;
    if (rows === null) return false;
    this.flush();
    for (const row of rows) this.#builder.add('table-row', row);
    this.#progress();
    return true;
  }

  #item(): void {
    const list = this.#lists.at(-1);
    this.#items += 1;
    const next = list?.next ?? null;
    this.#marker = next === null ? '- ' : `${next}. `;
    if (list !== undefined && next !== null) list.next = next + 1;
  }
}

function isHidden(element: HtmlNode): boolean {
  if (element.getAttribute === undefined) return false;
  if (element.getAttribute('hidden') !== null || element.getAttribute('aria-hidden') === 'true') return true;
  if (element.getAttribute('role') === 'navigation') return true;
  const style = element.getAttribute('style');
  return (
    style !== null &&
    /(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|pt)?\s*(?:;|$))/i.test(style)
  );
}
