import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeTerms } from './write-terms.ts';

it('writes the terms of each text once, and those that count where it is a question', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-terms-'));
  try {
    const [given, made] = [join(folder, 'texts'), join(folder, 'terms')];
    const texts = ['How long is\u2028the parking, the long parking?', '', 'firstResponse'];
    await writeFile(given, texts.map((each) => `${JSON.stringify(each)}\n`).join(''));
    expect(await writeTerms([given, '--out', made])).toEqual({ texts: 3 });
    const lines = (await readFile(made, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { terms: ['long', 'park'], asked: ['park'] },
      { terms: [], asked: [] },
      { terms: ['first', 'respons'], asked: ['firstrespons'] },
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
