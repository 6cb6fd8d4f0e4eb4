import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KINSHIP_DIMENSIONS } from '../../src/answers/extractive/word-kinship.ts';
import { createDefaultEmbedder } from '../../src/models/index.ts';
import { analyse } from '../../src/retrieval/index.ts';
import { projectRoot } from '../data.ts';
import { readSets } from '../edits/texts.ts';
import { progress } from '../report/report.ts';
import { mainDirections } from './main-directions.ts';

/** A word of the test data's texts is taken in when it occurs so often; the tokenizer's own words always. */
const LEAST_OCCURRENCES = 3;
/** What a term's rarer forms weigh beside its commonest: `computing` beside `computer`. */
const FURTHER_FORM = 0.3;
/** Texts embedded at once. */
const BATCH = 256;
/** What the largest number of a vector becomes. */
const LARGEST_BYTE = 127;

/**
 * Writes models/word-kinship: the vectors of English words by themselves, as the default embedder sees them, by their terms; the mean
 * of all taken off, cut to the main directions, a byte each (Mu and Viswanath 2018 on taking the mean off).
 * @param data folder of the test data, whose words are taken in too
 * @returns terms written
 */
export async function fitKinship(data: string): Promise<number> {
  const words = await readWords(data);
  const vectors = await embedWords([...words.keys()]);
  const terms = [...new Set(words.values())];
  const rows = termVectors(terms, words, vectors);
  const directions = mainDirections(rows, KINSHIP_DIMENSIONS);
  const bytes = new Int8Array(terms.length * KINSHIP_DIMENSIONS);
  for (const [row, vector] of rows.entries()) {
    const cut = directions.map((direction) => vector.reduce((sum, value, at) => sum + value * (direction[at] ?? 0), 0));
    const largest = Math.max(...cut.map(Math.abs), Number.EPSILON);
    bytes.set(
      cut.map((value) => Math.round((value / largest) * LARGEST_BYTE)),
      row * KINSHIP_DIMENSIONS,
    );
  }
  const folder = join(projectRoot, 'models', 'word-kinship');
  await writeFile(join(folder, 'terms.txt'), `${terms.join('\n')}\n`);
  await writeFile(join(folder, 'vectors.bin'), bytes);
  return terms.length;
}

/** Words with the one term each has, the commonest first. */
async function readWords(data: string): Promise<Map<string, string>> {
  const tokenizer = JSON.parse(
    await readFile(join(projectRoot, 'models', 'all-MiniLM-L6-v2', 'tokenizer.json'), 'utf8'),
  ) as { model: { vocab: Record<string, number> } };
  const known = Object.entries(tokenizer.model.vocab).toSorted(([, one], [, other]) => one - other);
  const lists = await readFile(join(projectRoot, 'models', 'personal-data', 'ordinary-words.txt'), 'utf8');
  const words = new Map<string, string>();
  for (const word of [...known.map(([own]) => own), ...lists.split('\n'), ...(await countedWords(data))]) {
    if (!/^[a-z]{3,}$/.test(word)) continue;
    const [term, ...others] = analyse(word);
    if (term !== undefined && others.length === 0) words.set(word, term);
  }
  return words;
}

/** Of all texts but the sample workspace, whose questions are measured with. */
async function countedWords(data: string): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const [set, texts] of await readSets(data)) {
    if (set === 'handbook') continue;
    for (const text of texts)
      for (const word of text.match(/(?<![\p{L}'-])\p{Ll}{3,}(?![\p{L}'-])/gu) ?? [])
        counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= LEAST_OCCURRENCES).map(([word]) => word);
}

async function embedWords(words: readonly string[]): Promise<Map<string, Float32Array>> {
  const embedder = createDefaultEmbedder({ workers: 1 });
  const vectors = new Map<string, Float32Array>();
  try {
    for (let at = 0; at < words.length; at += BATCH) {
      const batch = words.slice(at, at + BATCH);
      const made = await embedder.embed(batch, { purpose: 'document' });
      for (const [i, word] of batch.entries()) vectors.set(word, made[i] ?? new Float32Array(embedder.dimensions));
    }
  } finally {
    await embedder.close();
  }
  progress(`${vectors.size} words embedded`);
  return vectors;
}

/** The words of each term together, less the mean of all. */
function termVectors(
  terms: readonly string[],
  words: ReadonlyMap<string, string>,
  vectors: ReadonlyMap<string, Float32Array>,
): Float64Array[] {
  const width = vectors.values().next().value?.length ?? 0;
  const rows = new Map(terms.map((term) => [term, new Float64Array(width)]));
  const begun = new Set<string>();
  for (const [word, vector] of vectors) {
    const term = words.get(word) ?? '';
    addTo(rows.get(term), vector, begun.has(term) ? FURTHER_FORM : 1);
    begun.add(term);
  }
  for (const row of rows.values()) scaleToUnit(row);
  const mean = new Float64Array(width);
  for (const row of rows.values()) addTo(mean, row, 1 / rows.size);
  for (const row of rows.values()) addTo(row, mean, -1);
  return terms.map((term) => rows.get(term) ?? new Float64Array(width));
}

function addTo(sum: Float64Array | undefined, vector: ArrayLike<number>, share = 1): void {
  if (sum !== undefined) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + share * (vector[at] ?? 0);
}

function scaleToUnit(vector: Float64Array): void {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / length;
}
