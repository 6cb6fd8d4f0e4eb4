import { OperationAborted, PlumblineError } from '../../../base/index.ts';
import { DocumentTooLarge, type ParseFailure } from '../failures.ts';
import type { ParseRequest, ParseResult } from '../parsed-document.ts';
import { type Job, JobQueue } from './job-queue.ts';
import { ParserProcess } from './parser-process.ts';
import { shouldRecycle } from './recycling.ts';

/** How many processes, and what each file may cost. */
export interface ParsePoolOptions {
  /** Processes at most, ≥ 1. They start when needed and end when idle. */
  readonly children: number;
  /** Resident memory of a process at most, in megabytes. */
  readonly memoryMb: number;
  /** Longest a parser may show no progress, in milliseconds. */
  readonly stallMs: number;
  /** Larger files are refused unread. */
  readonly maxFileBytes: number;
  /** Holds the embedder's tokenizer.json; absolute path. */
  readonly tokenizerFolder: string;
  /** A process without work ends after this long, in milliseconds; default 10,000. */
  readonly idleMs?: number;
  /** Another entry module for the processes, for tests. */
  readonly entry?: URL;
}

/** For whom a file is parsed. Files of different tenants never meet in one process. */
export interface ParseOptions {
  readonly tenantId: string;
  readonly signal?: AbortSignal;
}

/** Turns files into documents and chunks, in processes of their own. */
export interface ParsePool {
  /**
   * Parses one file. Calls that come together travel together: keep a hundred or so open for full speed.
   * @throws ParseFailure when the file belongs in quarantine; `operation.aborted`, `parser.closed`,
   * `parser.unavailable` otherwise
   */
  parse(request: ParseRequest, options: ParseOptions): Promise<ParseResult>;
  /** Starts a process when there is none, for files that are about to come: it takes half a second until it can read one. */
  warm(): void;
  /** Ends all processes; open calls fail with `parser.closed`. */
  close(): Promise<void>;
}

/** The pool was closed. */
class ParserClosed extends PlumblineError {
  constructor() {
    super({ code: 'parser.closed', kind: 'retry', message: 'The parsers were shut down before the file was read.' });
  }
}

/** The parser's process does not even start: the installation's fault, not the file's. */
class ParserUnavailable extends PlumblineError {
  constructor(why: ParseFailure) {
    const how = typeof why.details['how'] === 'string' ? why.details['how'] : why.code;
    super({
      code: 'parser.unavailable',
      kind: 'fatal',
      message: `The parser's process does not start (${how}). Run “plumb doctor”.`,
      details: why.details,
    });
  }
}

/** A warm pool of parser processes; none is started before the first file. */
export function createParsePool(options: ParsePoolOptions): ParsePool {
  return new ProcessPool(options);
}

const IDLE_MS = 10_000;

class ProcessPool implements ParsePool {
  readonly #options: ParsePoolOptions;
  readonly #queue = new JobQueue();
  readonly #processes = new Set<ParserProcess>();
  readonly #idleTimers = new Map<ParserProcess, NodeJS.Timeout>();
  #scheduled = false;
  #closed = false;

  constructor(options: ParsePoolOptions) {
    this.#options = options;
  }

  parse(request: ParseRequest, { tenantId, signal }: ParseOptions): Promise<ParseResult> {
    const { maxFileBytes } = this.#options;
    if (this.#closed) return Promise.reject(new ParserClosed());
    if (signal?.aborted === true) return Promise.reject(new OperationAborted('Parsing'));
    if (request.bytes.length > maxFileBytes) {
      const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;
      const excess = `has ${megabytes(request.bytes.length)}, more than the ${megabytes(maxFileBytes)} allowed`;
      return Promise.reject(new DocumentTooLarge(excess));
    }
    return new Promise((resolve, reject) => {
      this.#queue.add({ request, tenantId, signal, alone: false, settled: false, resolve, reject });
      this.#schedule();
    });
  }

  warm(): void {
    if (!this.#closed && this.#processes.size === 0) this.#rest(this.#start());
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.takeAll()) this.#queue.fail(job, new ParserClosed());
    for (const timer of this.#idleTimers.values()) clearTimeout(timer);
    const ending = [...this.#processes];
    for (const process of ending) process.kill();
    await Promise.all(ending.map((process) => process.exited));
  }

  /** Once per turn of the event loop, so that calls made together travel together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#dispatch());
    });
  }

  #dispatch(): boolean {
    const next = this.#queue.first();
    if (next === undefined || this.#closed) return false;
    const process = this.#freeProcess(next);
    if (process === null) return false;
    const idle = this.#options.children - [...this.#processes].filter((one) => one.busy).length;
    this.#run(process, this.#queue.takeBatch(Math.max(1, idle)));
    return true;
  }

  /** A process that may take the job: one that knows only its tenant, else a new one if there is room. */
  #freeProcess(job: Job): ParserProcess | null {
    const idle = [...this.#processes].filter((process) => process.alive && !process.busy);
    const fit = idle.find((process) => this.#fits(process, job));
    if (fit !== undefined) return fit;
    if (this.#processes.size < this.#options.children) return this.#start();
    const [unfit] = idle;
    if (unfit === undefined) return null;
    this.#retire(unfit);
    return this.#start();
  }

  #fits(process: ParserProcess, job: Job): boolean {
    if (job.alone) return process.files === 0;
    return process.tenantId === null || process.tenantId === job.tenantId;
  }

  #start(): ParserProcess {
    const process = new ParserProcess(this.#options);
    this.#processes.add(process);
    void process.exited.then(() => {
      this.#forget(process);
      this.#schedule();
    });
    return process;
  }

  #retire(process: ParserProcess): void {
    this.#forget(process);
    process.kill();
  }

  #forget(process: ParserProcess): void {
    this.#processes.delete(process);
    clearTimeout(this.#idleTimers.get(process));
    this.#idleTimers.delete(process);
  }

  #run(process: ParserProcess, jobs: readonly Job[]): void {
    clearTimeout(this.#idleTimers.get(process));
    const fresh = process.files === 0;
    process.tenantId = jobs[0]?.tenantId ?? null;
    for (const job of jobs) job.onAbort = () => jobs.every((one) => one.settled) && this.#retire(process);
    process.run(
      jobs.map((job) => job.request),
      {
        onResult: (index, result) => this.#queue.succeed(jobs[index], result),
        onFailure: (index, failure) => this.#queue.fail(jobs[index], failure),
        onEnd: (blame) => this.#afterBatch(process, { jobs, fresh, blame }),
      },
    );
  }

  #afterBatch(process: ParserProcess, { jobs, fresh, blame }: BatchEnd): void {
    const unfinished = jobs.filter((job) => !job.settled);
    if (blame === null && !shouldRecycle(process, this.#options.memoryMb)) this.#rest(process);
    else this.#retire(process);
    if (blame !== null) this.#judge(process, { jobs: unfinished, fresh, blame });
    this.#schedule();
  }

  /** A file that was alone in a fresh process is to blame; others get a fresh process to themselves. */
  #judge(process: ParserProcess, { jobs, fresh, blame }: BatchEnd & { blame: ParseFailure }): void {
    if (this.#closed) for (const job of jobs) this.#queue.fail(job, new ParserClosed());
    else if (!process.started) for (const job of jobs) this.#queue.fail(job, new ParserUnavailable(blame));
    else if (jobs.length === 1 && (fresh || blame.code === 'parser.stalled')) this.#queue.fail(jobs[0], blame);
    else this.#queue.retryAlone(jobs);
  }

  #rest(process: ParserProcess): void {
    const timer = setTimeout(() => this.#retire(process), this.#options.idleMs ?? IDLE_MS);
    timer.unref();
    this.#idleTimers.set(process, timer);
  }
}

interface BatchEnd {
  readonly jobs: readonly Job[];
  readonly fresh: boolean;
  readonly blame: ParseFailure | null;
}
