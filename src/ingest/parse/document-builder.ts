import { cleanText } from './clean-text.ts';
import { DocumentTooLarge } from './failures.ts';
import {
  type Block,
  type BlockKind,
  type DeclaredFacts,
  OUTSIDE_PAGE,
  type ParsedDocument,
} from './parsed-document.ts';
import type { ParserRevision } from './parser-revisions.ts';

/** Longest canonical text, in UTF-16 code units; a file that unpacks into more is refused. */
const MAX_TEXT_LENGTH = 128 * 1024 * 1024;
/** Deeper headings are kept as text but not in the path. */
const MAX_HEADING_DEPTH = 8;
const MAX_HEADING_LENGTH = 300;
/** Kinds whose neighbours of the same kind stand on the next line instead of after an empty one. */
const TIGHT: ReadonlySet<BlockKind> = new Set<BlockKind>(['list-item', 'table-row', 'record']);

/** What a parser knows once the whole file is read. */
export interface DocumentFacts {
  readonly mediaType: string;
  readonly parser: ParserRevision;
  readonly pageCount?: number | null;
  readonly declared?: DeclaredFacts;
  readonly warnings?: readonly string[];
}

/** Collects blocks into a canonical text with exact offsets. Every parser writes through it. */
export class DocumentBuilder {
  readonly warnings: string[] = [];
  /** Page given to the blocks that follow; null where the format has none. */
  page: number | null = null;
  readonly #pieces: string[] = [];
  readonly #blocks: Block[] = [];
  #length = 0;
  #path: readonly string[] = [];
  #levels: number[] = [];

  /** Headings above the next block, outermost first. */
  get headingPath(): readonly string[] {
    return this.#path;
  }

  /** Adds a stretch of text; white space around it is dropped, and an empty one adds nothing. */
  add(kind: BlockKind, raw: string): void {
    this.#append(kind, cleanText(raw).trim());
  }

  /** Adds text that lies outside what the page shows, marked as such; the headings in force stay in force after it. */
  addOutsidePage(kind: Exclude<BlockKind, 'heading'>, raw: string): void {
    const path = this.#path;
    this.#path = [OUTSIDE_PAGE];
    this.add(kind, raw);
    this.#path = path;
  }

  /**
   * Adds a heading and makes it the last entry of the path.
   * @param level 1 is the outermost; a level closes the deeper and equal ones
   */
  heading(level: number, raw: string): void {
    const text = cleanText(raw).replace(/\s+/g, ' ').trim();
    if (text === '') return;
    this.#open(level, text);
    this.#append('heading', text);
  }

  /** Sets the path without writing a block: for formats whose headings are names, not text (XML, JSON). */
  under(path: readonly string[]): void {
    this.#path = path.slice(0, MAX_HEADING_DEPTH).map((entry) => entry.slice(0, MAX_HEADING_LENGTH));
    this.#levels = this.#path.map((_, index) => index + 1);
  }

  /** Closes the document. The first heading is the title when none is declared. */
  finish(facts: DocumentFacts): ParsedDocument {
    const declared = facts.declared ?? {};
    const text = this.#pieces.join('');
    const first = this.#blocks.find((block) => block.kind === 'heading');
    const heading = first === undefined ? undefined : text.slice(first.start, first.end);
    return {
      mediaType: facts.mediaType,
      title: declared.title ?? heading ?? null,
      text,
      blocks: this.#blocks,
      pageCount: facts.pageCount ?? null,
      declared,
      parser: facts.parser,
      warnings: [...(facts.warnings ?? []), ...this.warnings],
    };
  }

  #open(level: number, text: string): void {
    while (this.#levels.length > 0 && (this.#levels.at(-1) ?? 0) >= level) this.#levels.pop();
    const kept = this.#path.slice(0, this.#levels.length);
    if (kept.length >= MAX_HEADING_DEPTH) return;
    this.#levels.push(level);
    this.#path = [...kept, text.slice(0, MAX_HEADING_LENGTH)];
  }

  #append(kind: BlockKind, text: string): void {
    if (text === '') return;
    const before = this.#blocks.at(-1);
    const separator = before === undefined ? '' : before.kind === kind && TIGHT.has(kind) ? '\n' : '\n\n';
    const start = this.#length + separator.length;
    if (start + text.length > MAX_TEXT_LENGTH) {
      throw new DocumentTooLarge(`unpacks into more than ${MAX_TEXT_LENGTH / 1024 / 1024} million characters of text`);
    }
    this.#pieces.push(separator, text);
    this.#length = start + text.length;
    this.#blocks.push({ kind, start, end: this.#length, page: this.page, headingPath: this.#path });
  }
}
