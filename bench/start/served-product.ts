import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../data.ts';
import { treeCpuMs, treeRssMb } from '../process/process-tree.ts';

const patienceMs = 120_000;
/** A printed answer cites its sources by number. */
const citation = /\[1\]/;

/** `npm start` in a home of its own, watched from outside as a person would: by its output and its address. */
export class ServedProduct {
  readonly #npm: ChildProcess;
  readonly #port: number;
  readonly #started = performance.now();
  #output = '';

  private constructor(home: string, port: number) {
    this.#port = port;
    this.#npm = spawn('npm', ['start'], {
      cwd: projectRoot,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PLUMB_HOME: home, PORT: String(port) },
    });
    for (const stream of [this.#npm.stdout, this.#npm.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
  }

  /** @param home PLUMB_HOME; created by the product when missing */
  static async start(home: string): Promise<ServedProduct> {
    return new ServedProduct(home, await freePort());
  }

  /**
   * Waits for the cited answer on standard output and for `/readyz` 200, looking every 10 ms.
   * @returns milliseconds since the start
   */
  async ready(): Promise<number> {
    while (!(citation.test(this.#output) && (await this.#isReady()))) {
      if (this.#npm.exitCode !== null) throw new Error(`npm start ended (${this.#npm.exitCode}):\n${this.#output}`);
      if (performance.now() - this.#started > patienceMs)
        throw new Error(`Not ready after ${patienceMs} ms:\n${this.#output}`);
      await pause(10);
    }
    return performance.now() - this.#started;
  }

  /** Waits until the process tree has used less than 5 % of one core for three seconds: no job is running. */
  async idle(): Promise<void> {
    for (let quiet = 0, before = treeCpuMs(this.#pid); quiet < 3; ) {
      await pause(1_000);
      const now = treeCpuMs(this.#pid);
      quiet = now - before < 50 ? quiet + 1 : 0;
      before = now;
    }
  }

  /** Resident memory of npm and everything below it, MB. */
  rssMb(): number {
    return treeRssMb(this.#pid);
  }

  /** Ctrl-C; by force after 20 s. */
  async stop(): Promise<void> {
    if (this.#npm.exitCode !== null || this.#npm.signalCode !== null) return;
    const exited = once(this.#npm, 'exit');
    const force = setTimeout(() => process.kill(-this.#pid, 'SIGKILL'), 20_000);
    process.kill(-this.#pid, 'SIGINT');
    await exited;
    clearTimeout(force);
  }

  get #pid(): number {
    return this.#npm.pid ?? 0;
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.#port}/readyz`, { signal: AbortSignal.timeout(1_000) });
      await response.body?.cancel();
      return response.status === 200;
    } catch {
      return false;
    }
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
