import type { ChildProcess } from 'node:child_process';
import { type ParseFailure, ParserCrashed, ParserMemoryExceeded, ParserStalled, unpackFailure } from '../failures.ts';
import type { ParseRequest, ParseResult } from '../parsed-document.ts';
import { type LaunchOptions, launchParser } from './launch.ts';
import { watchMemory } from './memory-watch.ts';
import { type FromChild, type Outcome, SLICE, type ToChild } from './messages.ts';
import { ResultReceiver } from './result-receiver.ts';

/** Longest a process may take to start, on a busy machine. */
const START_MS = 30_000;
const LOUDEST_STDERR = 8_192;
const OUT_OF_MEMORY = /out of memory|allocation failed|bad_alloc|Cannot allocate/i;

/** Limits of one parser's process. */
export interface ProcessLimits extends LaunchOptions {
  readonly stallMs: number;
}

/** Hears how the files of a batch end. Each file ends at most once; `onEnd` comes last. */
export interface BatchListener {
  onResult(index: number, result: ParseResult): void;
  onFailure(index: number, failure: ParseFailure): void;
  /** The process is free again, or dead: then `blame` says why and files without an outcome were not finished. */
  onEnd(blame: ParseFailure | null): void;
}

/** One parser's process: takes a batch at a time, and is killed when it stalls or grows too large. */
export class ParserProcess {
  /** Whose files it has seen. */
  tenantId: string | null = null;
  /** Files it has finished. */
  files = 0;
  /** Files of kinds that count in full. */
  complexFiles = 0;
  bytes = 0;
  rssBytes = 0;
  /** Whether a failure may have left something behind. */
  tainted = false;
  readonly #child: ChildProcess;
  readonly #limits: ProcessLimits;
  #ready = false;
  #listener: BatchListener | null = null;
  #receiver = new ResultReceiver();
  #stallTimer: NodeJS.Timeout | undefined;
  #stopWatching: (() => void) | undefined;
  #blame: ParseFailure | null = null;
  #stderr = '';
  #exited = false;
  #onReady: (() => void) | undefined;
  readonly exited: Promise<void>;

  constructor(limits: ProcessLimits) {
    this.#limits = limits;
    this.#child = launchParser(limits);
    this.#child.on('message', (message) => this.#receive(message as FromChild));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-LOUDEST_STDERR);
    });
    this.exited = new Promise((resolve) => {
      const gone = (how: string): void => {
        this.#ended(how);
        resolve();
      };
      this.#child.once('error', (error) => gone(error.message));
      this.#child.once('close', (code, signal) => gone(signal ?? `exit code ${code}`));
    });
  }

  get alive(): boolean {
    return !this.#exited;
  }

  /** Whether it ever said that it was ready: one that never did has a fault of ours, not of a file. */
  get started(): boolean {
    return this.#ready;
  }

  get busy(): boolean {
    return this.#listener !== null;
  }

  /** Gives it a batch. It must be alive and not busy. */
  run(requests: readonly ParseRequest[], listener: BatchListener): void {
    this.#listener = listener;
    this.#receiver = new ResultReceiver();
    this.bytes += requests.reduce((sum, request) => sum + request.bytes.length, 0);
    this.#stopWatching = watchMemory(this.#child.pid ?? 0, this.#limits.memoryMb * 1024 * 1024, () =>
      this.kill(new ParserMemoryExceeded(this.#limits.memoryMb)),
    );
    this.#heard();
    if (this.#ready) void this.#transfer(requests);
    else this.#onReady = () => void this.#transfer(requests);
  }

  /** Ends it at once. */
  kill(blame: ParseFailure | null = null): void {
    this.#blame ??= blame;
    this.#child.kill('SIGKILL');
  }

  async #transfer(requests: readonly ParseRequest[]): Promise<void> {
    const only = requests.length === 1 ? requests[0] : undefined;
    const sliced = only !== undefined && only.bytes.length > SLICE;
    const files = requests.map(({ fileName, declaredType, chunking, bytes }) => ({
      fileName,
      declaredType,
      chunking,
      size: bytes.length,
      ...(sliced ? {} : { bytes }),
    }));
    await this.#send({ kind: 'batch', files });
    if (sliced) await this.#transferSlices(only.bytes);
  }

  async #transferSlices(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && this.alive; at += SLICE) {
      await this.#send({ kind: 'slice', bytes: bytes.subarray(at, at + SLICE) });
      this.#heard();
    }
  }

  /** Resolves once written; a dead process is noticed by its exit. */
  #send(message: ToChild): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#child.connected) resolve();
      else this.#child.send(message, () => resolve());
    });
  }

  #receive(message: FromChild): void {
    if (message.kind === 'ready') {
      this.#ready = true;
      this.#onReady?.();
    }
    if (this.#listener === null) return;
    this.#heard();
    if (message.kind === 'part') this.#receiver.add(message.index, message.part);
    else if (message.kind === 'outcomes') for (const outcome of message.outcomes) this.#settle(outcome);
    else if (message.kind === 'idle') {
      this.rssBytes = message.rssBytes;
      this.complexFiles += message.complex;
      this.#finish(null);
    }
  }

  #settle(outcome: Outcome): void {
    this.files += 1;
    if ('result' in outcome) {
      this.#listener?.onResult(outcome.index, this.#receiver.complete(outcome.index, outcome.result));
      return;
    }
    this.tainted ||= outcome.tainted;
    const failure =
      outcome.failure.code === 'parser.memory-exceeded'
        ? new ParserMemoryExceeded(this.#limits.memoryMb)
        : unpackFailure(outcome.failure);
    this.#listener?.onFailure(outcome.index, failure);
  }

  /** Starts the stall clock anew. */
  #heard(): void {
    clearTimeout(this.#stallTimer);
    const { stallMs } = this.#limits;
    const patience = this.#ready ? stallMs : Math.max(stallMs, START_MS);
    this.#stallTimer = setTimeout(() => this.kill(new ParserStalled(stallMs)), patience);
  }

  #ended(how: string): void {
    if (this.#exited) return;
    this.#exited = true;
    this.#finish(this.#blame ?? this.#verdict(how));
  }

  #verdict(how: string): ParseFailure {
    if (how === 'SIGXCPU') return new ParserStalled(this.#limits.stallMs);
    return OUT_OF_MEMORY.test(this.#stderr) ? new ParserMemoryExceeded(this.#limits.memoryMb) : new ParserCrashed(how);
  }

  #finish(blame: ParseFailure | null): void {
    clearTimeout(this.#stallTimer);
    this.#stopWatching?.();
    const listener = this.#listener;
    this.#listener = null;
    listener?.onEnd(blame);
  }
}
