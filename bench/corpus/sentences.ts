import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { retrievalSets } from '../data.ts';
import { below, pick, type Random, seeded } from './random.ts';

/** A passage of real prose, as its sentences. */
export interface Passage {
  readonly title: string;
  /** At least one. */
  readonly sentences: readonly string[];
}

/**
 * Passages to resample from: the abstracts of the retrieval sets, or generated ones when there is no test data.
 * Always in the same order.
 */
export async function loadPassages(): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (const folder of retrievalSets()) {
    const lines = createInterface({ input: createReadStream(join(folder, 'corpus.jsonl')), crlfDelay: Infinity });
    for await (const line of lines) {
      const { title, text } = JSON.parse(line) as { title: string; text: string };
      const sentences = splitSentences(text);
      if (sentences.length > 0) passages.push({ title, sentences });
    }
  }
  return passages.length > 0 ? passages : generatePassages(seeded(7), 5_000);
}

/** Splits prose at sentence ends; pieces of fewer than 4 words go with the one before. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const piece of text.split(/(?<=[.!?])\s+(?=\S)/)) {
    const words = piece.trim();
    if (words === '') continue;
    const last = sentences.length - 1;
    if (last >= 0 && words.split(' ').length < 4) sentences[last] += ` ${words}`;
    else sentences.push(words);
  }
  return sentences;
}

/** Passages of made-up words whose frequencies follow Zipf's law, for machines without the test data. */
export function generatePassages(random: Random, count: number): Passage[] {
  const vocabulary = Array.from({ length: 20_000 }, () => word(random));
  const draw = (): string => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? 'the';
  const sentence = (): string => {
    const words = Array.from({ length: 8 + below(random, 18) }, draw).join(' ');
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  };
  return Array.from({ length: count }, () => ({
    title: sentence(),
    sentences: Array.from({ length: 5 + below(random, 8) }, sentence),
  }));
}

function word(random: Random): string {
  const syllable = (): string =>
    pick(random, ['b', 'd', 'f', 'gr', 'k', 'l', 'm', 'n', 'p', 'st', 't', 'v']) +
    pick(random, ['a', 'e', 'i', 'o', 'u', 'ea', 'er', 'in']);
  return Array.from({ length: 1 + below(random, 4) }, syllable).join('');
}
