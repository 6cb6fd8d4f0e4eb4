import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../../../base/index.ts';

/** Address space a Node process reserves before it does anything (code range, stacks). */
const RUNTIME_MB = 512;
/** Share of a file's memory that may be JavaScript objects; the rest is buffers and the runtime. */
const HEAP_SHARE = 0.6;
/** Processor seconds after which the system ends a parser even if its parent is gone. */
const CPU_SECONDS = 3_600;

/** What a parser's process is started with. */
export interface LaunchOptions {
  readonly memoryMb: number;
  /** Holds tokenizer.json. */
  readonly tokenizerFolder: string;
  /** Another entry module, for tests. */
  readonly entry?: URL;
}

/**
 * Starts a parser's process: no environment, no network, no file but our code, the installed packages and the
 * tokenizer, memory capped by the heap limit and, where there is a shell, by `ulimit -d`. It gives way to what answers
 * and to the embedder.
 */
export function launchParser(options: LaunchOptions): ChildProcess {
  const entry = fileURLToPath(options.entry ?? siblingModule(import.meta.url, './parse-child'));
  const folder = realpathSync(options.tokenizerFolder);
  const command = [
    process.execPath,
    '--permission',
    ...readable(entry, folder).map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${Math.max(64, Math.floor(options.memoryMb * HEAP_SHARE))}`,
    '--max-semi-space-size=8',
    '--v8-pool-size=1', // more threads would take the places of those that answer
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    entry,
    folder,
  ];
  return start(command, options.memoryMb);
}

function start(command: readonly string[], memoryMb: number): ChildProcess {
  const settings = {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {},
    cwd: dirname(process.execPath),
    serialization: 'advanced',
  } as const;
  if (process.platform === 'win32')
    return spawn(command[0] ?? '', command.slice(1), { ...settings, stdio: [...settings.stdio] });
  const limits = 'ulimit -c 0; ulimit -d "$1" 2>/dev/null; ulimit -t "$2" 2>/dev/null; shift 2; exec nice -n 10 "$@"';
  const kilobytes = String((memoryMb + RUNTIME_MB) * 1024);
  return spawn('/bin/sh', ['-c', limits, 'sh', kilobytes, String(CPU_SECONDS), ...command], {
    ...settings,
    stdio: [...settings.stdio],
  });
}

/** Our code and every `node_modules` above it; not the package's whole folder, which may hold a user's data. */
function readable(entry: string, tokenizerFolder: string): string[] {
  const code = realpathSync(fileURLToPath(new URL('../../..', import.meta.url)));
  const paths = [code, tokenizerFolder, entry];
  for (let folder = dirname(code); ; folder = dirname(folder)) {
    for (const name of ['node_modules', 'package.json']) {
      const path = join(folder, name);
      if (existsSync(path)) paths.push(realpathSync(path));
    }
    if (dirname(folder) === folder) return paths;
  }
}
