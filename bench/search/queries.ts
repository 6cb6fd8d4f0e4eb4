import { readRetrievalSet } from '../quality/beir.ts';
import { retrievalSets } from '../data.ts';
import type { Passage } from '../corpus/sentences.ts';

/** How many queries are asked. */
const queryCount = 500;

/**
 * At least 500 distinct queries in natural language: the first 6 to 10 words of the retrieval sets' questions and
 * claims, then of sentences of the passages when those are too few.
 */
export async function queryTexts(passages: readonly Passage[]): Promise<string[]> {
  const texts = new Set<string>();
  for (const folder of retrievalSets()) {
    for (const { text } of (await readRetrievalSet(folder)).queries) add(texts, text);
  }
  for (const { sentences } of passages) {
    if (texts.size >= queryCount) break;
    add(texts, sentences.at(-1) ?? '');
  }
  return [...texts];
}

function add(texts: Set<string>, text: string): void {
  const words = text.split(/\s+/).filter((word) => /\w/.test(word));
  if (words.length >= 6) texts.add(words.slice(0, 6 + (texts.size % 5)).join(' '));
}
