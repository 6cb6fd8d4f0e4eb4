import type { TokenCounter } from '../../../models/index.ts';
import { createTokenCounter } from '../../../models/tokens/index.ts';
import { type FailureMessage, ParseFailure, ParserCrashed, packFailure } from '../failures.ts';
import { isComplex } from '../parse-file.ts';
import { parseAndChunk } from '../parse-work.ts';
import type { ParseRequest } from '../parsed-document.ts';
import type { FileMessage, FromChild, ToChild } from './messages.ts';
import { ResultSender } from './result-sender.ts';

/** How often a busy parser says that it is alive, at most. */
const PROGRESS_MS = 200;
const OUT_OF_MEMORY = /allocation failed|out of memory|invalid (?:array|string|typed array) length/i;

/** Serves batches until the pool hangs up. `work` is another one only in the tests of the pool. */
export async function runChild(tokenizerFolder: string, work: typeof parseAndChunk = parseAndChunk): Promise<void> {
  const loop = new ChildLoop(createTokenCounter(tokenizerFolder), work);
  process.on('message', (message: ToChild) => loop.receive(message));
  process.on('disconnect', () => process.exit(0));
  await send({ kind: 'ready' });
}

function send(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) process.exit(0);
    process.send(message, () => resolve());
  });
}

class ChildLoop {
  readonly #work: typeof parseAndChunk;
  readonly #counter: TokenCounter;
  readonly #sender = new ResultSender(send);
  #files: readonly FileMessage[] = [];
  #incoming: Uint8Array | null = null;
  #received = 0;
  #toldAt = 0;
  #complex = 0;

  constructor(counter: TokenCounter, work: typeof parseAndChunk) {
    this.#work = work;
    this.#counter = counter;
  }

  receive(message: ToChild): void {
    if (message.kind === 'batch') {
      this.#files = message.files;
      const only = message.files[0];
      if (only !== undefined && only.bytes === undefined) {
        this.#incoming = new Uint8Array(only.size);
        this.#received = 0;
        return;
      }
    } else if (!this.#takeSlice(message.bytes)) return;
    void this.#run();
  }

  /** Whether the file is whole now. */
  #takeSlice(bytes: Uint8Array): boolean {
    if (this.#incoming === null) return false;
    this.#incoming.set(bytes, this.#received);
    this.#received += bytes.length;
    return this.#received === this.#incoming.length;
  }

  async #run(): Promise<void> {
    this.#complex = 0;
    this.#toldAt = performance.now();
    for (const [index, file] of this.#files.entries()) {
      const bytes = file.bytes ?? this.#incoming ?? new Uint8Array();
      this.#incoming = null;
      await this.#one(index, { ...file, bytes } as ParseRequest);
    }
    this.#files = [];
    await this.#sender.flush();
    await send({ kind: 'idle', rssBytes: process.memoryUsage.rss(), complex: this.#complex });
  }

  async #one(index: number, request: ParseRequest): Promise<void> {
    try {
      const result = await this.#work(request, this.#counter, () => this.#progress());
      if (isComplex(result.document.mediaType)) this.#complex += 1;
      await this.#sender.add({ index, result });
    } catch (error) {
      const failure = failureOf(error);
      await this.#sender.add({ index, failure, tainted: !CLEAN.has(failure.code) });
    }
  }

  /** Written to the pipe at once, so that it arrives although this thread goes on computing. */
  #progress(): void {
    const now = performance.now();
    if (now - this.#toldAt < PROGRESS_MS) return;
    this.#toldAt = now;
    void send({ kind: 'progress' });
  }
}

/** Failures after which the process is as good as before: no library had its hands on the file. */
const CLEAN: ReadonlySet<string> = new Set(['document.unsupported', 'document.too-large', 'document.no-text']);

function failureOf(error: unknown): FailureMessage {
  if (error instanceof ParseFailure) return packFailure(error);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const failure = packFailure(new ParserCrashed(text.slice(0, 160)));
  return error instanceof RangeError && OUT_OF_MEMORY.test(text)
    ? { ...failure, code: 'parser.memory-exceeded' }
    : failure;
}
