import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Handlers, Reply } from './handlers.ts';
import { PeakMemory } from './peak-memory.ts';
import { treeRssMb } from './process-tree.ts';

/** No call of any benchmark may take longer. */
const callTimeoutMs = 45 * 60_000;

/** How a contender's process is started. */
export interface ContenderOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Arguments of Node itself. */
  readonly nodeArguments?: readonly string[];
}

/**
 * One side of a comparison in a process of its own, so that its memory and its event loop are its own.
 * What it prints goes to standard error.
 */
export class Contender<H extends Handlers> {
  readonly #child: ChildProcess;
  readonly #peak: PeakMemory;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #calls = 0;

  constructor(module: URL, options: ContenderOptions = {}) {
    this.#child = fork(module, {
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning', ...(options.nodeArguments ?? [])],
      env: { ...process.env, ...options.environment },
    });
    this.#peak = new PeakMemory(this.#child.pid ?? 0);
    this.#child.on('message', (reply: Reply) => this.#settle(reply));
    this.#child.on('exit', (code, signal) => this.#fail(new Error(`${module.pathname} ended (${signal ?? code}).`)));
    this.#child.on('error', (error) => this.#fail(error));
  }

  /** Asks the process for something. Rejects with the child's stack, or when the process ends. */
  async call<M extends keyof H & string>(method: M, argument: Parameters<H[M]>[0]): Promise<Awaited<ReturnType<H[M]>>> {
    const call = ++this.#calls;
    const answered = new Promise<unknown>((resolve, reject) => this.#waiting.set(call, { resolve, reject }));
    const timer = setTimeout(
      () => this.#settle({ call, failure: `${method} took more than ${callTimeoutMs} ms.` }),
      callTimeoutMs,
    );
    this.#child.send({ call, method, argument });
    try {
      return (await answered) as Awaited<ReturnType<H[M]>>;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resident memory now, of the process and all below it, in MB (10⁶ bytes). */
  rssMb(): number {
    return treeRssMb(this.#child.pid ?? 0);
  }

  /** The most it has been so far. */
  peakRssMb(): number {
    return this.#peak.megabytes();
  }

  /** Ends the process: politely, then after 10 s by force. */
  async stop(): Promise<void> {
    this.#peak.stop();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    this.#child.disconnect();
    await exited;
    clearTimeout(force);
  }

  #settle({ call, result, failure }: Reply): void {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    if (failure === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(failure));
  }

  #fail(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
