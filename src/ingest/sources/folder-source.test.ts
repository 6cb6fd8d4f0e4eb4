import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileSource } from './file-source.ts';
import { type FolderOptions, folderSource } from './folder-source.ts';
import type { Source, SourceEntry, SourceItem } from './source.ts';

const signal = new AbortController().signal;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'plumb-source-'));
});
afterEach(() => {
  execFileSync('rm', ['-rf', root]);
});

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

async function entriesOf(source: Source): Promise<{ entries: SourceEntry[]; complete: boolean }> {
  const listing = source.list(signal);
  expect(listing.complete).toBe(false);
  const entries: SourceEntry[] = [];
  for await (const entry of listing) entries.push(entry);
  return { entries, complete: listing.complete };
}

async function list(options: Partial<FolderOptions> = {}) {
  const { entries, complete } = await entriesOf(folderSource(root, { maxFileBytes: 1_000, ...options }));
  const items = entries.filter((entry): entry is SourceItem => entry.kind === 'item');
  const skipped = Object.fromEntries(
    entries.flatMap((entry) => (entry.kind === 'skipped' ? [[entry.externalId, entry.code]] : [])),
  );
  return { entries, complete, items, names: items.map((item) => item.externalId), skipped };
}

describe('folderSource', () => {
  test('lists nested files in name order with what is needed to read them', async () => {
    await put({ 'b.md': 'bee', 'a/z.md': 'zed', 'a/B.md': 'big', 'Ä ü.txt': 'ä', 'a-b.md': '' });
    const { items, names, complete } = await list();
    expect(names).toEqual(['a/B.md', 'a/z.md', 'a-b.md', 'b.md', 'Ä ü.txt']);
    expect(complete).toBe(true);
    expect(items[1]).toMatchObject({ kind: 'item', externalId: 'a/z.md', fileName: 'z.md', bytes: 3 });
    expect(new TextDecoder().decode(await items[1]?.read(signal))).toBe('zed');
    expect((await items[2]?.read(signal))?.length).toBe(0);
  });

  test('leaves out secrets, hidden things, junk and our own home, and says so', async () => {
    await put({
      'ok.md': 'x',
      '.env.local': 'TOKEN=1',
      'certs/tls.key': 'k',
      '.git/config': 'g',
      'node_modules/x/readme.md': 'n',
      '.plumbline/pg/data': 'd',
      'data/server.json': '{}',
      'data/plumb.lock': '1',
      'data/blobs/a.md': 'x',
      'elsewhere/a.md': 'x',
      'server.json.d/server.json': '{}',
    });
    const { names, skipped, complete } = await list({ home: join(root, 'elsewhere') });
    expect(names).toEqual(['ok.md', 'server.json.d/server.json']);
    expect(skipped).toEqual({
      '.env.local': 'ignored.secret',
      'certs/tls.key': 'ignored.secret',
      '.git/': 'ignored.hidden',
      'node_modules/': 'ignored.junk',
      '.plumbline/': 'ignored.home',
      'data/': 'ignored.home',
      'elsewhere/': 'ignored.home',
    });
    expect(complete).toBe(true);
  });

  test('follows .gitignore files of every level', async () => {
    await put({
      '.gitignore': '*.log\ndrafts/\n',
      'a.log': '',
      'drafts/x.md': '',
      'keep/.gitignore': '!wanted.log\n',
      'keep/wanted.log': '',
      'keep/other.log': '',
      'z.md': '',
    });
    const { names, skipped } = await list();
    expect(names).toEqual(['keep/wanted.log', 'z.md']);
    expect(skipped).toMatchObject({
      'a.log': 'ignored.gitignore',
      'drafts/': 'ignored.gitignore',
      'keep/other.log': 'ignored.gitignore',
    });
  });

  test('takes what is included, leaves what is excluded', async () => {
    await put({ 'a.md': '', 'b.txt': '', 'old/c.md': '', 'new/d.md': '', 'new/draft-e.md': '', '.env.md': '' });
    const { names, skipped } = await list({ include: ['*.md'], exclude: ['old/', 'draft-*'] });
    expect(names).toEqual(['a.md', 'new/d.md']);
    expect(skipped).toEqual({
      '.env.md': 'ignored.secret',
      'b.txt': 'ignored.not-included',
      'new/draft-e.md': 'ignored.excluded',
      'old/': 'ignored.excluded',
    });
  });

  test('does not follow symbolic links, of files or of folders', async () => {
    await put({ 'real/a.md': 'x' });
    await symlink(join(root, 'real/a.md'), join(root, 'link.md'));
    await symlink('/etc', join(root, 'etc'));
    await symlink('.', join(root, 'loop'));
    const { names, skipped } = await list();
    expect(names).toEqual(['real/a.md']);
    expect(skipped).toEqual({ 'link.md': 'ignored.symlink', etc: 'ignored.symlink', loop: 'ignored.symlink' });
  });

  test('does not follow a link that takes the place of a listed file', async () => {
    await put({ 'a.md': 'mine', 'secret.txt': 'theirs' });
    const { items } = await list({ include: ['a.md'] });
    await rm(join(root, 'a.md'));
    await symlink(join(root, 'secret.txt'), join(root, 'a.md'));
    await expect(items[0]?.read(signal)).rejects.toMatchObject({
      code: 'source.unreadable',
      message: expect.stringContaining('symbolic'),
    });
  });

  test('reports a pipe instead of waiting for it', async () => {
    execFileSync('bash', ['-c', 'mkfifo "$0"', join(root, 'pipe.md')]);
    expect((await list()).skipped).toEqual({ 'pipe.md': 'ignored.special' });
  });

  test('a file over the cap is there but not read, also when it grows after it was listed', async () => {
    await put({ 'big.md': 'x'.repeat(1_001), 'fits.md': 'x'.repeat(1_000) });
    const { items, entries, complete } = await list();
    expect(entries[0]).toMatchObject({
      externalId: 'big.md',
      code: 'file.too-large',
      present: true,
      reason: expect.stringContaining('1001 bytes'),
    });
    expect(complete).toBe(true);
    await appendFile(join(root, 'fits.md'), 'y');
    await expect(items[0]?.read(signal)).rejects.toMatchObject({ code: 'source.too-large', kind: 'limit' });
  });

  test('the state changes with the content, even when size and modification time are kept', async () => {
    await put({ 'a.md': 'one' });
    const past = new Date('2026-01-01T00:00:00Z');
    await utimes(join(root, 'a.md'), past, past);
    const state = async () => (await list()).items[0]?.state;
    const first = await state();
    expect(await state()).toBe(first);
    await writeFile(join(root, 'a.md'), 'two');
    await utimes(join(root, 'a.md'), past, past);
    expect(await state()).not.toBe(first);
  });

  test('control characters in names are kept in the id and escaped in the reason', async () => {
    await put({ 'evil\u001b[31m\n.log': '', '.gitignore': '*.log\n', 'line\nbreak.md': 'x' });
    const { names, entries } = await list();
    expect(names).toEqual(['line\nbreak.md']);
    const skipped = entries.find((entry) => entry.kind === 'skipped' && entry.code === 'ignored.gitignore');
    expect(skipped).toMatchObject({
      externalId: 'evil\u001b[31m\n.log',
      reason: expect.stringContaining('evil\\u{1b}[31m\\u{a}.log'),
    });
  });

  test('a name that is not Unicode is reported and does not spoil the listing', async () => {
    execFileSync('bash', ['-c', 'printf x > "$0"/$(printf "bad\\xff.md")', root]);
    const { skipped, complete } = await list();
    expect(Object.values(skipped)).toEqual(['file.bad-name']);
    expect(complete).toBe(true);
  });

  test('a folder that cannot be read is reported, the rest is listed, and the listing is not complete', async () => {
    await put({ 'a.md': '', 'z.md': '' });
    const step = 'd'.repeat(250);
    execFileSync('bash', [
      '-c',
      `cd "$0"; for i in {1..20}; do mkdir ${step} && cd ${step}; done; echo x > deep.md`,
      root,
    ]);
    const { names, skipped, complete, entries } = await list();
    expect(names).toEqual(['a.md', 'z.md']);
    expect(Object.values(skipped)).toEqual(['folder.unreadable']);
    expect(entries.at(-2)).toMatchObject({
      present: true,
      reason: expect.stringMatching(/longer than the system allows\.$/),
    });
    expect(complete).toBe(false);
  });

  test('a folder whose .gitignore cannot be read is not read at all', async () => {
    await put({ 'a/.gitignore': '#'.repeat((1 << 20) + 1), 'a/private.md': 'x', 'b.md': 'x' });
    const { names, skipped, complete } = await list();
    expect(names).toEqual(['b.md']);
    expect(skipped).toEqual({ 'a/': 'folder.unreadable' });
    expect(complete).toBe(false);
  });

  test('counts what a listing would offer without looking at the files', async () => {
    await put({ 'a.md': 'x', 'b/c.md': 'x', 'b/.env': 'x', '.git/d.md': 'x', 'big.md': 'x'.repeat(1_001) });
    await symlink(join(root, 'a.md'), join(root, 'link.md'));
    expect(await folderSource(root, { maxFileBytes: 1_000 }).count?.(signal)).toBe(3);
    expect(fileSource(join(root, 'a.md'), { maxFileBytes: 10 }).count).toBeUndefined();
    await expect(folderSource(join(root, 'no'), { maxFileBytes: 10 }).count?.(signal)).rejects.toMatchObject({
      code: 'source.not-found',
    });
    await expect(folderSource(root, { maxFileBytes: 10 }).count?.(AbortSignal.abort())).rejects.toMatchObject({
      code: 'operation.aborted',
    });
  });

  test('reads asked for together each get their own content, or their own error', async () => {
    const texts = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}.md`, `${i}`.repeat(i % 7)]));
    await put({ ...texts, 'large.md': 'x'.repeat(1_500_000) });
    const { items } = await list({ maxFileBytes: 2_000_000 });
    await rm(join(root, 'f7.md'));
    await appendFile(join(root, 'f8.md'), ' and more');
    const reads = await Promise.allSettled(items.map((item) => item.read(signal)));
    for (const [i, { externalId }] of items.entries()) {
      const read = reads[i];
      if (externalId === 'f7.md') expect(read).toMatchObject({ reason: { code: 'source.not-found' } });
      else if (externalId === 'large.md') expect(read).toMatchObject({ value: { byteLength: 1_500_000 } });
      else {
        const text = read?.status === 'fulfilled' ? new TextDecoder().decode(read.value) : read?.reason;
        expect(text).toBe((texts[externalId] ?? '') + (externalId === 'f8.md' ? ' and more' : ''));
      }
    }
  });

  test('a listing that is left early is not complete', async () => {
    await put({ 'a.md': '', 'b.md': '' });
    const listing = folderSource(root, { maxFileBytes: 10 }).list(signal);
    for await (const _ of listing) break;
    expect(listing.complete).toBe(false);
  });

  test('an absent root is an error, not an empty folder', async () => {
    const source = folderSource(join(root, 'unmounted'), { maxFileBytes: 10 });
    await expect(entriesOf(source)).rejects.toMatchObject({ code: 'source.not-found', kind: 'caller' });
    await put({ 'file.md': '' });
    await expect(entriesOf(folderSource(join(root, 'file.md'), { maxFileBytes: 10 }))).rejects.toMatchObject({
      code: 'source.not-found',
    });
  });

  test('our own home is refused as a root', async () => {
    await put({ 'home/blobs/a.md': '' });
    const home = join(root, 'home');
    for (const path of [home, join(home, 'blobs')]) {
      await expect(entriesOf(folderSource(path, { maxFileBytes: 10, home }))).rejects.toMatchObject({
        code: 'source.blocked',
      });
    }
    await put({ 'h/server.json': '', 'h/plumb.lock': '' });
    await expect(entriesOf(folderSource(join(root, 'h'), { maxFileBytes: 10 }))).rejects.toMatchObject({
      code: 'source.blocked',
    });
  });

  test('stops when asked to', async () => {
    await put({ 'a.md': 'x', 'b.md': 'x' });
    const stop = new AbortController();
    const listing = folderSource(root, { maxFileBytes: 10 }).list(stop.signal);
    const work = (async () => {
      for await (const _ of listing) stop.abort();
    })();
    await expect(work).rejects.toMatchObject({ code: 'operation.aborted' });
    const { items } = await list();
    await expect(items[0]?.read(stop.signal)).rejects.toMatchObject({ code: 'operation.aborted' });
  });
});

describe('fileSource', () => {
  test('one file under its own name, ignore rules or not', async () => {
    await put({ '.env': 'A=1' });
    const { entries, complete } = await entriesOf(fileSource(join(root, '.env'), { maxFileBytes: 10 }));
    expect(entries).toMatchObject([{ kind: 'item', externalId: '.env', fileName: '.env', bytes: 3 }]);
    expect(complete).toBe(true);
  });

  test('refuses what is not a file, is gone, or is too large', async () => {
    await put({ 'a.md': 'x'.repeat(11) });
    await expect(entriesOf(fileSource(root, { maxFileBytes: 10 }))).rejects.toMatchObject({ code: 'source.not-found' });
    await expect(entriesOf(fileSource(join(root, 'a.md'), { maxFileBytes: 10 }))).rejects.toMatchObject({
      code: 'source.too-large',
    });
    await rename(join(root, 'a.md'), join(root, 'b.md'));
    await expect(entriesOf(fileSource(join(root, 'a.md'), { maxFileBytes: 10 }))).rejects.toMatchObject({
      code: 'source.not-found',
    });
  });
});
