import { setImmediate as nextTurn } from 'node:timers/promises';

/** Greater frequencies and lengths count as this. */
const MAX_COUNT = 0xff_ff;
/** Chunks counted between two breaths of the event loop: about 2 ms. */
const COUNTED_PER_TURN = 48;

/** A chunk's words and the number its row has. */
export interface NumberedTerms {
  readonly row: number;
  /** Joined by spaces. */
  readonly terms: string;
}

/** The postings of some chunks: what a segment is made from. */
export interface CountedTerms {
  /** term → pairs of row number and `length << 16 | frequency`, ascending by row. */
  readonly byTerm: ReadonlyMap<string, readonly number[]>;
  /** Terms of each chunk, with repetitions. */
  readonly lengths: readonly number[];
}

/** Counts the terms of chunks, given in ascending order of their rows. Lets others run every few milliseconds. */
export async function countTerms(chunks: readonly NumberedTerms[]): Promise<CountedTerms> {
  const byTerm = new Map<string, number[]>();
  const lengths: number[] = [];
  for (const [i, chunk] of chunks.entries()) {
    lengths.push(addChunk(byTerm, chunk));
    if (i % COUNTED_PER_TURN === COUNTED_PER_TURN - 1) await nextTurn();
  }
  return { byTerm, lengths };
}

function addChunk(byTerm: Map<string, number[]>, { row, terms }: NumberedTerms): number {
  const counts = new Map<string, number>();
  let length = 0;
  for (const term of terms.split(' ')) {
    if (term === '') continue;
    length += 1;
    counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const high = Math.min(length, MAX_COUNT) * 0x1_00_00;
  for (const [term, count] of counts) {
    const list = byTerm.get(term);
    const posting = high + Math.min(count, MAX_COUNT);
    if (list === undefined) byTerm.set(term, [row, posting]);
    else list.push(row, posting);
  }
  return length;
}

/** Postings as the bytes of a block: row number (uint32), then frequency and length (uint16 each), little-endian. */
export function blockOf(postings: readonly number[]): Uint8Array {
  const words = Uint32Array.from(postings);
  return new Uint8Array(words.buffer);
}

/** The bytes of a block as pairs of numbers, see {@link CountedTerms.byTerm}; without copying when they are aligned. */
export function postingsOf(block: Uint8Array): Uint32Array {
  const aligned = block.byteOffset % 4 === 0 ? block : block.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / 4));
}
