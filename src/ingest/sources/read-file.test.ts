import { appendFile, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OpenFile, readSettledFile } from './read-file.ts';
import { sortedFolder } from './sorted-folder.ts';

const signal = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-read-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The real file, with something done to it in the middle of the first `times` reads. */
function disturbed(disturb: (path: string) => Promise<void>, times: number): (path: string) => Promise<OpenFile> {
  let left = times;
  return async (path) => {
    const file = await open(path);
    return {
      stat: (options) => file.stat(options),
      close: () => file.close(),
      async read(part) {
        if (left-- > 0) await disturb(path);
        return file.read(part);
      },
    };
  };
}

describe('readSettledFile', () => {
  test('reads a file larger than one step', async () => {
    const path = join(folder, 'large.bin');
    const content = Buffer.alloc(3_500_000, 'abc');
    await writeFile(path, content);
    expect(content.equals(await readSettledFile(path, { maxBytes: 4_000_000, signal }))).toBe(true);
  });

  test.each([
    ['grows', (path: string) => appendFile(path, ' more'), 'text more'],
    ['shrinks', (path: string) => truncate(path, 1), 't'],
    ['is rewritten', (path: string) => writeFile(path, 'next'), 'next'],
  ])('a file that %s while being read is read again', async (_how, disturb, expected) => {
    const path = join(folder, 'a.md');
    await writeFile(path, 'text');
    const content = await readSettledFile(path, { maxBytes: 100, signal, openFile: disturbed(disturb, 1) });
    expect(new TextDecoder().decode(content)).toBe(expected);
  });

  test('a file that never settles is an error to try again', async () => {
    const path = join(folder, 'a.md');
    await writeFile(path, 'text');
    const openFile = disturbed((changing) => appendFile(changing, 'x'), 100);
    await expect(readSettledFile(path, { maxBytes: 100, signal, openFile })).rejects.toMatchObject({
      code: 'source.changing',
      kind: 'retry',
    });
  });

  test('a file that grows over the cap between two reads is too large', async () => {
    const path = join(folder, 'a.md');
    await writeFile(path, 'text');
    const openFile = disturbed((growing) => appendFile(growing, 'x'.repeat(100)), 1);
    await expect(readSettledFile(path, { maxBytes: 50, signal, openFile })).rejects.toMatchObject({
      code: 'source.too-large',
    });
  });

  test('a folder and a missing file are named as such', async () => {
    await expect(readSettledFile(folder, { maxBytes: 1, signal })).rejects.toMatchObject({ code: 'source.unreadable' });
    await expect(readSettledFile(join(folder, 'no'), { maxBytes: 1, signal })).rejects.toMatchObject({
      code: 'source.not-found',
    });
  });
});

describe('sortedFolder', () => {
  test('gives every name once and in order, whatever the window', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-zA-Z0-9é日 _-]{1,12}$/), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 12 }), async (given, window) => {
        const place = await mkdtemp(join(folder, 'case-'));
        await Promise.all(given.map((name) => writeFile(join(place, name), '')));
        const seen: string[] = [];
        for await (const slice of sortedFolder(place, signal, window)) seen.push(...slice.map(({ name }) => name));
        expect(seen).toEqual([...given].sort());
      }),
      { numRuns: 40 },
    );
  });
});
