import type { ParseResult } from '../parsed-document.ts';
import { type FromChild, type Outcome, SLICE, SLICE_ITEMS } from './messages.ts';

/** Longest a finished file waits for others before it is sent. */
const FLUSH_MS = 25;

/** Sends a message and resolves once it is written, so that memory stays bounded. */
export type Send = (message: FromChild) => Promise<void>;

/** Gathers small outcomes into one message and cuts large ones into several. */
export class ResultSender {
  readonly #send: Send;
  #outcomes: Outcome[] = [];
  #size = 0;
  #flushedAt = performance.now();

  constructor(send: Send) {
    this.#send = send;
  }

  async add(outcome: Outcome): Promise<void> {
    const size = 'result' in outcome ? weightOf(outcome.result) : 256;
    if (size > SLICE && 'result' in outcome) {
      await this.flush();
      this.#outcomes.push({ index: outcome.index, result: await this.#slice(outcome.index, outcome.result) });
    } else {
      this.#outcomes.push(outcome);
      this.#size += size;
    }
    if (this.#size > SLICE || performance.now() - this.#flushedAt > FLUSH_MS) await this.flush();
  }

  async flush(): Promise<void> {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    this.#size = 0;
    this.#flushedAt = performance.now();
    if (outcomes.length > 0) await this.#send({ kind: 'outcomes', outcomes });
  }

  /** Sends the bulk of a result in parts; what is left is an empty frame. */
  async #slice(index: number, result: ParseResult): Promise<ParseResult> {
    const { text, blocks } = result.document;
    for (let at = 0; at < text.length; ) {
      let end = Math.min(text.length, at + SLICE);
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
      await this.#send({ kind: 'part', index, part: { text: text.slice(at, end) } });
      at = end;
    }
    for (const part of slices(blocks)) await this.#send({ kind: 'part', index, part: { blocks: part } });
    for (const part of slices(result.chunks)) await this.#send({ kind: 'part', index, part: { chunks: part } });
    for (const part of slices(result.terms)) await this.#send({ kind: 'part', index, part: { terms: part } });
    return { ...result, document: { ...result.document, text: '', blocks: [] }, chunks: [], terms: [] };
  }
}

function weightOf(result: ParseResult): number {
  return result.document.text.length * 2 + (result.document.blocks.length + result.chunks.length) * 200;
}

function* slices<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += SLICE_ITEMS) yield items.slice(at, at + SLICE_ITEMS);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
