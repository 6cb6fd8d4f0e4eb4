import { OperationAborted } from '../../../base/index.ts';
import type { ParseRequest, ParseResult } from '../parsed-document.ts';

/** Files that travel together, at most. */
const BATCH_FILES = 64;
/** Bytes that travel together, at most; a larger file travels alone. */
const BATCH_BYTES = 256 * 1024;

/** One file waiting for, or in, a process. */
export interface Job {
  readonly request: ParseRequest;
  readonly tenantId: string;
  /** Needs a fresh process to itself: it was in one that died. */
  alone: boolean;
  /** Its caller has been answered. */
  settled: boolean;
  onAbort?: () => void;
  /** Ends it before it is done. */
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: ParseResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Files in order of arrival. */
export class JobQueue {
  #jobs: Job[] = [];
  /** Jobs that are not settled, by what may end them. One listener for all of a signal: each looks through those before it. */
  readonly #ending = new Map<AbortSignal, { readonly jobs: Set<Job>; readonly abort: () => void }>();

  add(job: Job): void {
    const { signal } = job;
    this.#jobs.push(job);
    if (signal === undefined) return;
    const known = this.#ending.get(signal);
    if (known !== undefined) {
      known.jobs.add(job);
      return;
    }
    const ending = { jobs: new Set([job]), abort: () => this.#abort(signal) };
    signal.addEventListener('abort', ending.abort, { once: true });
    this.#ending.set(signal, ending);
  }

  #abort(signal: AbortSignal): void {
    const jobs = this.#ending.get(signal)?.jobs ?? new Set();
    this.#ending.delete(signal);
    this.#jobs = this.#jobs.filter((one) => !jobs.has(one));
    for (const job of jobs) {
      this.fail(job, new OperationAborted('Parsing', signal.reason));
      job.onAbort?.();
    }
  }

  first(): Job | undefined {
    return this.#jobs[0];
  }

  takeAll(): Job[] {
    return this.#jobs.splice(0);
  }

  /** The first job and what may travel with it, leaving work for the other processes. */
  takeBatch(processes: number): Job[] {
    const [first] = this.#jobs;
    if (first === undefined) return [];
    const most = travelsAlone(first) ? 1 : Math.min(BATCH_FILES, Math.ceil(this.#jobs.length / processes));
    const batch: Job[] = [];
    let bytes = 0;
    for (const job of this.#jobs) {
      if (batch.length >= most) break;
      if (job !== first && (job.tenantId !== first.tenantId || travelsAlone(job))) continue;
      if (job !== first && bytes + job.request.bytes.length > BATCH_BYTES) break;
      bytes += job.request.bytes.length;
      batch.push(job);
    }
    const taken = new Set(batch);
    this.#jobs = this.#jobs.filter((job) => !taken.has(job));
    return batch;
  }

  /** Puts jobs back at the front, each to be tried by itself. */
  retryAlone(jobs: readonly Job[]): void {
    for (const job of jobs) job.alone = true;
    this.#jobs.unshift(...jobs);
  }

  succeed(job: Job | undefined, result: ParseResult): void {
    if (this.#settle(job)) job?.resolve(result);
  }

  fail(job: Job | undefined, error: unknown): void {
    if (this.#settle(job)) job?.reject(error);
  }

  #settle(job: Job | undefined): boolean {
    if (job === undefined || job.settled) return false;
    job.settled = true;
    if (job.signal !== undefined) this.#forget(job, job.signal);
    return true;
  }

  #forget(job: Job, signal: AbortSignal): void {
    const ending = this.#ending.get(signal);
    if (ending === undefined) return;
    ending.jobs.delete(job);
    if (ending.jobs.size > 0) return;
    signal.removeEventListener('abort', ending.abort);
    this.#ending.delete(signal);
  }
}

/** Archives and PDFs are read by large code: one at a time, so that a death is nobody else's. */
function travelsAlone({ alone, request: { bytes } }: Job): boolean {
  if (alone || bytes.length > BATCH_BYTES) return true;
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  return magic === '%PDF' || magic.startsWith('PK');
}
