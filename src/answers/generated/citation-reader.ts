import { PlumblineError } from '../../base/index.ts';

/** A model cited what was not retrieved. */
export class CitationUnknown extends PlumblineError {
  constructor(mark: string, passages: number) {
    super({
      code: 'citation.unknown-source',
      kind: 'retry',
      message: `The model cited ${mark}, but ${passages} passages were given, numbered from 1. Its answer was not used.`,
      details: { mark, passages },
    });
  }
}

/** A citation mark, and where in the words without marks it stood. */
export interface ReadMark {
  /** Number of a passage, from 1. */
  readonly passage: number;
  /** UTF-16 code units of words before it. */
  readonly at: number;
}

/** A whole mark; what stands between the brackets has at most 22 characters, what is longer is text. */
const MARK = /\s*\[(?=[\s\d,;]{1,22}\])\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]/;
/** What may become one with the next piece. */
const OPEN_MARK = /\s*\[[\s\d,;]{0,22}$/;

/**
 * Reads a reply as it comes: words for the reader, and citation marks. A mark that has begun is held back until it is whole,
 * and so is the space before it, so that nothing has to be taken back.
 */
export class CitationReader {
  readonly #passages: number;
  #held = '';
  #text = '';
  readonly #marks: ReadMark[] = [];

  /** @param passages how many were given */
  constructor(passages: number) {
    this.#passages = passages;
  }

  /** All words so far, without marks. */
  get text(): string {
    return this.#text;
  }

  get marks(): readonly ReadMark[] {
    return this.#marks;
  }

  /**
   * Takes a piece of the reply.
   * @returns the words that can be shown now
   * @throws PlumblineError `citation.unknown-source`
   */
  push(piece: string): string {
    this.#held += piece;
    return this.#take(false);
  }

  /** Takes the end. @returns the words that were held back @throws PlumblineError `citation.unknown-source` */
  end(): string {
    return this.#take(true);
  }

  #take(isEnd: boolean): string {
    const from = this.#text.length;
    for (;;) {
      const mark = MARK.exec(this.#held);
      if (mark === null) break;
      this.#text += this.#held.slice(0, mark.index);
      this.#held = this.#held.slice(mark.index + mark[0].length);
      for (const number of (mark[1] ?? '').split(/[,;]/)) this.#note(Number(number), mark[0].trim());
    }
    const open = isEnd ? -1 : openMark(this.#held);
    const ready = open === -1 ? this.#held.length : open;
    this.#text += this.#held.slice(0, ready);
    this.#held = this.#held.slice(ready);
    return this.#text.slice(from);
  }

  #note(passage: number, mark: string): void {
    if (passage < 1 || passage > this.#passages) throw new CitationUnknown(mark, this.#passages);
    this.#marks.push({ passage, at: this.#text.length });
  }
}

/** Where a mark, or the space before one, may have begun; −1: nowhere. */
function openMark(held: string): number {
  return (OPEN_MARK.exec(held) ?? /\s+$/.exec(held))?.index ?? -1;
}
