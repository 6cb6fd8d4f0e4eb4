import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The command's own file. */
export const plumb = fileURLToPath(new URL('../../bin/plumb.js', import.meta.url));

/** How a command ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a command is run with; nothing of this process's own environment but PATH. */
export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A command that runs. */
export interface Running {
  /** Resolves once its standard output holds the text; rejects when it ends before. */
  says(text: string): Promise<string>;
  stop(signal?: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** Starts the real command in a process of its own. */
export function startPlumb(words: readonly string[], { cwd, env = {} }: Surroundings): Running {
  const child = spawn(process.execPath, [plumb, ...words], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, out, err }));
  return {
    ended,
    stop: (signal = 'SIGTERM') => void child.kill(signal),
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!out.includes(text)) return;
          listeners.delete(look);
          resolve(out);
        };
        listeners.add(look);
        ended.then(() => reject(new Error(`It ended without saying ${JSON.stringify(text)}:\n${out}\n${err}`)), reject);
        look();
      }),
  };
}

/** Runs a command to its end. */
export function runPlumb(words: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return startPlumb(words, surroundings).ended;
}
