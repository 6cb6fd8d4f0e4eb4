import { cleanText } from './clean-text.ts';
import { DocumentBuilder } from './document-builder.ts';
import { readFrontMatter } from './front-matter.ts';
import { plainInline } from './markdown-inline.ts';
import type { BlockKind, ParsedDocument } from './parsed-document.ts';
import { PARSERS } from './parser-revisions.ts';
import { rowOf } from './table-cells.ts';

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const LIST_ITEM = /^\s{0,12}(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)/;
const TABLE_RULE = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$/;
const UNDERLINE = /^ {0,3}(=+|--+)[ \t]*$/;
/** Longer lines are never a heading, a rule or a table: keeps the patterns above linear on hostile input. */
const LONGEST_MARKUP_LINE = 4_000;
const REFERENCE = /^ {0,3}\[[^[\]]{1,500}\]:\s+\S+/;

/** Markdown: the source's words without the markup; a table row reads `a | b`. Front matter becomes declared facts. */
export function parseMarkdown(source: string): ParsedDocument {
  const clean = cleanText(source);
  const { declared, bodyStart } = readFrontMatter(clean);
  const reader = new MarkdownReader();
  reader.read(withoutComments(clean.slice(bodyStart)).split('\n'));
  return reader.builder.finish({ mediaType: 'text/markdown', parser: PARSERS.markdown, declared });
}

function withoutComments(source: string): string {
  if (!source.includes('<!--')) return source;
  const pieces: string[] = [];
  let from = 0;
  for (;;) {
    const open = source.indexOf('<!--', from);
    const close = open < 0 ? -1 : source.indexOf('-->', open + 4);
    if (close < 0) break;
    pieces.push(source.slice(from, open));
    from = close + 3;
  }
  pieces.push(source.slice(from));
  return pieces.join('');
}

class MarkdownReader {
  readonly builder = new DocumentBuilder();
  #lines: string[] = [];
  #kind: BlockKind = 'paragraph';

  read(lines: readonly string[]): void {
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      const fence = FENCE.exec(line)?.[1];
      if (fence !== undefined) index = this.#code(lines, index, fence);
      else if (isTableStart(line, lines[index + 1])) index = this.#table(lines, index);
      else this.#line(line);
    }
    this.#flush();
  }

  #line(line: string): void {
    if (line.length > LONGEST_MARKUP_LINE) {
      this.#lines.push(line.trim());
      return;
    }
    const heading = HEADING.exec(line);
    const underline = this.#lines.length > 0 && this.#kind === 'paragraph' ? UNDERLINE.exec(line)?.[1] : undefined;
    if (heading !== null) this.#heading((heading[1] ?? '#').length, heading[2] ?? '');
    else if (underline !== undefined) this.#underlined(underline.startsWith('=') ? 1 : 2);
    else if (line.trim() === '' || RULE.test(line) || REFERENCE.test(line)) this.#flush();
    else if (LIST_ITEM.test(line)) this.#start('list-item', line.trim().replace(/^[*+]/, '-'));
    else if (/^ {0,3}>/.test(line)) this.#quote(line.replace(/^ {0,3}>[ \t]?/, ''));
    else this.#lines.push(line.trim());
  }

  #heading(level: number, text: string): void {
    this.#flush();
    this.builder.heading(level, plainInline(text));
  }

  #underlined(level: number): void {
    const text = this.#lines.join(' ');
    this.#lines = [];
    this.builder.heading(level, plainInline(text));
  }

  #start(kind: BlockKind, line: string): void {
    this.#flush();
    this.#kind = kind;
    this.#lines.push(line);
  }

  #quote(line: string): void {
    if (this.#kind !== 'quote') this.#flush();
    this.#kind = 'quote';
    if (line.trim() === '') this.#flush();
    else this.#lines.push(line.trim());
  }

  #flush(): void {
    if (this.#lines.length > 0) this.builder.add(this.#kind, plainInline(this.#lines.join('\n')));
    this.#lines = [];
    this.#kind = 'paragraph';
  }

  /** Reads a fenced block; returns the index of its last line. */
  #code(lines: readonly string[], start: number, fence: string): number {
    this.#flush();
    let end = start + 1;
    while (end < lines.length && !isFenceEnd(lines[end] ?? '', fence)) end += 1;
    this.builder.add('code', lines.slice(start + 1, end).join('\n'));
    return end;
  }

  /** Reads a table; returns the index of its last line. */
  #table(lines: readonly string[], start: number): number {
    this.#flush();
    this.builder.add('table-row', tableRow(lines[start] ?? ''));
    let index = start + 2;
    while (index < lines.length && (lines[index] ?? '').includes('|')) {
      this.builder.add('table-row', tableRow(lines[index] ?? ''));
      index += 1;
    }
    return index - 1;
  }
}

function isFenceEnd(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === (fence[0] ?? '`').repeat(trimmed.length);
}

function isTableStart(line: string, next: string | undefined): boolean {
  if (next === undefined || next.length > LONGEST_MARKUP_LINE) return false;
  return line.includes('|') && next.includes('-') && next.includes('|') && TABLE_RULE.test(next);
}

function tableRow(line: string): string {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/);
  return rowOf(cells.map((cell) => plainInline(cell.trim())));
}
