import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The blocks a page marks as ```` ```sh run ````, in their order. */
function snippetsOf(page: string): string[] {
  return [...page.matchAll(/^```sh run\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
}

const pages = (await readdir(join(ROOT, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md'));
const runnable: { readonly name: string; readonly snippets: string[] }[] = [];
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
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it.each(snippets)('runs %s', async (snippet) => {
    const plumb = `plumb() { "${process.execPath}" "${join(ROOT, 'bin/plumb.js')}" "$@"; }`;
    const environment = { PATH: process.env['PATH'], HOME: folder, PLUMB_SAMPLE: 'off' };
    const { stdout } = await run('bash', ['-euc', `${plumb}\n${snippet}`], { cwd: folder, env: environment });
    if (/plumb (ask|ingest|search|documents)/.test(snippet)) expect(stdout).not.toBe('');
  });
});
