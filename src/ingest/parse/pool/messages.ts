import type { FailureMessage } from '../failures.ts';
import type { Block, Chunk, ChunkOptions, ParseResult } from '../parsed-document.ts';

/** Bytes and characters a message carries at most, about: keeps each (de)serialisation on the server's thread short. */
export const SLICE = 64 * 1024;
/** Blocks or chunks a message carries at most, about. */
export const SLICE_ITEMS = 200;

/** A file on its way to the parser's process. */
export interface FileMessage {
  readonly fileName: string;
  readonly declaredType: string | undefined;
  readonly chunking: ChunkOptions;
  /** Missing when the bytes come in slices, after this message. */
  readonly bytes?: Uint8Array;
  /** Length of the file in bytes. */
  readonly size: number;
}

/** What the pool says to a parser's process. */
export type ToChild =
  | { readonly kind: 'batch'; readonly files: readonly FileMessage[] }
  | { readonly kind: 'slice'; readonly bytes: Uint8Array };

/** How one file of a batch ended; `index` is its position in the batch. */
export type Outcome =
  | { readonly index: number; readonly result: ParseResult }
  | { readonly index: number; readonly failure: FailureMessage; readonly tainted: boolean };

/** A part of a result too large for one message; appended in order of arrival. */
export interface ResultPart {
  readonly text?: string;
  readonly blocks?: readonly Block[];
  readonly chunks?: readonly Chunk[];
  readonly terms?: readonly string[];
}

/** What a parser's process says to the pool. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress' }
  | { readonly kind: 'part'; readonly index: number; readonly part: ResultPart }
  | { readonly kind: 'outcomes'; readonly outcomes: readonly Outcome[] }
  /** The batch is done. `complex` files count in full towards recycling. */
  | { readonly kind: 'idle'; readonly rssBytes: number; readonly complex: number };
