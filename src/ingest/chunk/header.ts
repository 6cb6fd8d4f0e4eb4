import type { TokenCounter } from '../../models/index.ts';

const SEPARATOR = ' › ';

/** Makes chunk headers: title and heading path on one line, never more than `limit` tokens. */
export class HeaderWriter {
  readonly #title: string;
  readonly #counter: TokenCounter;
  readonly #limit: number;
  #lastPath: readonly string[] | undefined;
  #last = { header: '', tokens: 0 };

  /** @param title the document's, or what stands for it; may be empty */
  constructor(title: string, counter: TokenCounter, limit: number) {
    this.#title = oneLine(title);
    this.#counter = counter;
    this.#limit = limit;
  }

  /** The header for a chunk under this path, with its tokens. What does not fit goes from the middle: the title and the nearest headings say most. */
  write(path: readonly string[]): { header: string; tokens: number } {
    if (this.#lastPath === undefined || !samePath(this.#lastPath, path)) {
      this.#lastPath = path;
      this.#last = this.#compose(path);
    }
    return this.#last;
  }

  #compose(path: readonly string[]): { header: string; tokens: number } {
    const headings = path.map(oneLine).filter((entry) => entry !== '');
    if (this.#title !== '' && headings[0] !== this.#title) headings.unshift(this.#title);
    for (let kept = headings; kept.length > 0; kept = withoutMiddle(kept)) {
      const header = kept.join(SEPARATOR);
      const tokens = this.#counter.count(header);
      if (tokens <= this.#limit) return { header, tokens };
      if (kept.length === 1) return this.#shorten(header);
    }
    return { header: '', tokens: 0 };
  }

  #shorten(header: string): { header: string; tokens: number } {
    const words = header.split(' ').slice(0, this.#limit);
    while (words.length > 0) {
      const shorter = words.join(' ').slice(0, this.#limit * 16);
      const tokens = this.#counter.count(shorter);
      if (tokens <= this.#limit) return { header: shorter, tokens };
      words.pop();
    }
    return { header: '', tokens: 0 };
  }
}

/** Whether two heading paths are the same. */
export function samePath(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((entry, index) => entry === other[index]));
}

function oneLine(text: string): string {
  return text.slice(0, 2_000).replace(/\s+/g, ' ').trim();
}

function withoutMiddle(headings: readonly string[]): string[] {
  return headings.length <= 2 ? headings.slice(0, 1) : [headings[0] ?? '', ...headings.slice(2)];
}
