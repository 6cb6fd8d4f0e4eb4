import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OpenFiles } from './open-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-open-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const FILES = 200;
const path = (n: number): string => join(folder, `${n}`);
const textOf = async (files: OpenFiles, n: number, part = { start: 0, end: 99 }): Promise<string> =>
  Buffer.from(await files.read(path(n), part)).toString();

/** Of this process, in the folder; null: this system does not tell. */
async function openNow(): Promise<string[] | null> {
  const descriptors = await readdir('/proc/self/fd').catch(() => null);
  const targets = descriptors?.map((each) => readlink(`/proc/self/fd/${each}`).catch(() => ''));
  return targets === undefined ? null : (await Promise.all(targets)).filter((target) => target.startsWith(folder));
}

it('reads parts of more files than it keeps open, all at once', async () => {
  await Promise.all(Array.from({ length: FILES }, (_, n) => writeFile(path(n), `file ${n}`)));
  const files = new OpenFiles();
  for (let round = 0; round < 2; round += 1) {
    const texts = await Promise.all(Array.from({ length: FILES }, (_, n) => textOf(files, n)));
    expect(texts).toEqual(Array.from({ length: FILES }, (_, n) => `file ${n}`));
  }
  expect(await textOf(files, 7, { start: 5, end: 6 })).toBe('7');
  await files.close();
  expect((await openNow()) ?? []).toEqual([]);
});

it('has closed a file when it was dropped, though it was being read', async () => {
  const files = new OpenFiles();
  const reading = textOf(files, 1);
  await files.drop(path(1));
  expect(await reading).toBe('file 1');
  expect((await openNow()) ?? []).toEqual([]);
});

it('says that a file is not there, and reads it once it is', async () => {
  const files = new OpenFiles();
  await expect(textOf(files, FILES)).rejects.toMatchObject({ code: 'ENOENT' });
  await writeFile(path(FILES), 'now it is');
  expect(await textOf(files, FILES)).toBe('now it is');
  await rm(path(FILES));
  await files.drop(path(FILES));
  await expect(textOf(files, FILES)).rejects.toMatchObject({ code: 'ENOENT' });
  await files.close();
});
