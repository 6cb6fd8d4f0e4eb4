import type { Block, Chunk, ParseResult } from '../parsed-document.ts';
import type { ResultPart } from './messages.ts';

interface Parts {
  text: string;
  readonly blocks: Block[];
  readonly chunks: Chunk[];
  readonly terms: string[];
}

/** Puts results together again that came in parts. */
export class ResultReceiver {
  readonly #parts = new Map<number, Parts>();

  add(index: number, part: ResultPart): void {
    const parts = this.#parts.get(index) ?? { text: '', blocks: [], chunks: [], terms: [] };
    this.#parts.set(index, parts);
    if (part.text !== undefined) parts.text += part.text;
    if (part.blocks !== undefined) parts.blocks.push(...part.blocks);
    if (part.chunks !== undefined) parts.chunks.push(...part.chunks);
    if (part.terms !== undefined) parts.terms.push(...part.terms);
  }

  /** The whole result for the frame that came last. */
  complete(index: number, frame: ParseResult): ParseResult {
    const parts = this.#parts.get(index);
    if (parts === undefined) return frame;
    this.#parts.delete(index);
    const { text, blocks, chunks, terms } = parts;
    return { ...frame, document: { ...frame.document, text, blocks }, chunks, terms };
  }
}
