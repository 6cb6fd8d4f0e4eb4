import type { Pseudonyms } from '../../guard/index.ts';
import { unwrap } from './fit-object.ts';
import { readPartialJson } from './partial-json.ts';

/** The text is read anew when it has grown by this share, so that all reading together stays linear in its length. */
const GROWTH = 1 / 16;

/** Reads an object while its text comes and hands on what there is of it. */
export class ObjectListener {
  readonly #partials: ((partial: unknown) => void) | undefined;
  readonly #of: { readonly wrapped: boolean; readonly pseudonyms: Pseudonyms };
  #readLength = 0;
  #last = '';

  constructor(
    partials: ((partial: unknown) => void) | undefined,
    of: { readonly wrapped: boolean; readonly pseudonyms: Pseudonyms },
  ) {
    this.#partials = partials;
    this.#of = of;
  }

  /** @param text all of it that has come */
  hear(text: string): void {
    if (text.length - this.#readLength < Math.max(1, this.#readLength * GROWTH)) return;
    this.#readLength = text.length;
    const { wrapped, pseudonyms } = this.#of;
    const partial = unwrap(
      pseudonyms.restoreValue(readPartialJson(text, (string) => pseudonyms.unfinishedUnits(string))),
      wrapped,
    );
    const written = JSON.stringify(partial);
    if (partial === undefined || written === this.#last) return;
    this.#last = written;
    this.#partials?.(partial);
  }
}
