import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { copyTemplate } from '../../src/store/database-template.ts';
import { homeHolder } from '../../src/store/home-lock.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Snippet {
  readonly language: string;
  readonly code: string;
}

/** The blocks a page marks as ```` ```sh run ```` or ```` ```js run ````, in their order. */
function snippetsOf(page: string): Snippet[] {
  const blocks = page.matchAll(/^```(sh|js) run\n(.*?)^```$/gms);
  return [...blocks].map(([, language = '', code = '']) => ({ language, code }));
}

/**
 * Ends the server a page started, and waits until it has let go of the folder. The lock tells who it is: `server.json` is
 * gone as soon as the server begins to stop, so that a page which stops it itself would leave it writing here.
 */
async function stopServer(folder: string): Promise<void> {
  const holder = await homeHolder(join(folder, '.plumbline'));
  if (holder === null) return;
  const { pid } = holder;
  signalTo(pid, 'SIGTERM');
  await vi.waitUntil(() => !signalTo(pid, 0), { timeout: 30_000, interval: 50 });
}

/** @returns whether the process was there to get it */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

const pages = (await readdir(join(ROOT, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md'));
const runnable: { readonly name: string; readonly snippets: Snippet[] }[] = [];
for (const name of pages) {
  const snippets = snippetsOf(await readFile(join(ROOT, 'docs', name), 'utf8'));
  if (snippets.length > 0) runnable.push({ name, snippets });
}

it('finds pages with snippets', () => {
  expect(runnable.map(({ name }) => name)).toContain('getting-started.md');
});

describe.each(runnable)('docs/$name', ({ snippets }) => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumb-docs-'));
    await copyTemplate(join(folder, '.plumbline'));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(async () => {
    await stopServer(folder);
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it.each(snippets)('runs $code', async ({ language, code }) => {
    const plumb = `plumb() { "${process.execPath}" "${join(ROOT, 'bin/plumb.js')}" "$@"; }`;
    const env = { PATH: process.env['PATH'], HOME: folder, PLUMB_SAMPLE: 'off', PORT: '0' };
    if (language === 'js') {
      await writeFile(join(folder, 'snippet.mjs'), code);
      const { stdout } = await run(process.execPath, ['snippet.mjs'], { cwd: folder, env });
      expect(stdout).not.toBe('');
      return;
    }
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', `${plumb}\n${code}`], { cwd: folder, env });
    if (/plumb (ask|ingest|search|documents)/.test(code)) expect(stdout).not.toBe('');
  });
});
