import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seeded } from './random.ts';
import { generatePassages, splitSentences } from './sentences.ts';
import { writeTextFiles } from './text-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the same seed writes the same files, another seed others', async () => {
  const passages = generatePassages(seeded(1), 50);
  const write = async (name: string, seed: number): Promise<string> => {
    const { bytes } = await writeTextFiles(passages, { folder: join(folder, name), files: 101, seed });
    return `${bytes} ${readFileSync(join(folder, name, 'part-0001', 'note-000100.txt'), 'utf8')}`;
  };
  const first = await write('a', 5);
  expect(await write('b', 5)).toBe(first);
  expect(await write('c', 6)).not.toBe(first);
});

test('sentences are split at their ends, and short pieces stay with the one before', () => {
  expect(splitSentences('One sentence is here. Another one follows it! Et al. And so it ends now.')).toEqual([
    'One sentence is here.',
    'Another one follows it! Et al.',
    'And so it ends now.',
  ]);
});
