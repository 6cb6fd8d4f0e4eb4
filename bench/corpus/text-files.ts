import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { below, pick, type Random, seeded } from './random.ts';
import type { Passage } from './sentences.ts';

/** How many files, and where. */
export interface TextFiles {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes plain-text files of resampled sentences: 3 to 7 a file (a mean of about 175 tokens with the sentences of
 * scientific abstracts), in paragraphs of up to four, 100 files to a sub-folder. The same seed writes the same bytes.
 */
export async function writeTextFiles(
  passages: readonly Passage[],
  target: { folder: string; files: number; seed: number },
): Promise<TextFiles> {
  const random = seeded(target.seed);
  let bytes = 0;
  for (let index = 0; index < target.files; index++) {
    const folder = join(target.folder, `part-${String(Math.floor(index / 100)).padStart(4, '0')}`);
    if (index % 100 === 0) await mkdir(folder, { recursive: true });
    const text = resample(random, [pick(random, passages), pick(random, passages)], 3 + below(random, 5));
    bytes += Buffer.byteLength(text);
    await writeFile(join(folder, `note-${String(index).padStart(6, '0')}.txt`), text);
  }
  return { folder: target.folder, files: target.files, bytes };
}

/** One text: sentences of two passages, mostly of the first, in paragraphs of up to four. */
export function resample(random: Random, [major, minor]: readonly [Passage, Passage], count: number): string {
  const sentences = Array.from({ length: count }, () => pick(random, (random() < 0.7 ? major : minor).sentences));
  const paragraphs: string[] = [];
  for (let at = 0; at < sentences.length; at += 4) paragraphs.push(sentences.slice(at, at + 4).join(' '));
  return `${paragraphs.join('\n\n')}\n`;
}
