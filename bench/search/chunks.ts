import { below, seeded } from '../corpus/random.ts';
import { loadPassages, type Passage } from '../corpus/sentences.ts';
import { resample } from '../corpus/text-files.ts';
import { blend } from '../corpus/vectors.ts';
import type { SearchSetting } from './contract.ts';

/** A chunk of the corpus to search in. */
export interface SearchChunk {
  /** From 0, without gaps. */
  readonly number: number;
  /** 3 to 7 sentences, about 180 tokens. */
  readonly text: string;
  /** Unit length. */
  readonly vector: Float32Array;
}

/** How many passages the chunks are mixed from. */
const passageCount = 5_000;

/** The passages whose sentences and vectors the chunks are mixed from; always the same. */
export async function basePassages(): Promise<Passage[]> {
  return (await loadPassages()).slice(0, passageCount);
}

/**
 * The corpus: each chunk has sentences of two passages, and the matching mixture of their vectors with noise half as
 * long, so that neighbours in words are neighbours in meaning and near-duplicates are not the rule.
 */
export async function* generateChunks(
  setting: Pick<SearchSetting, 'chunks' | 'seed' | 'passageVectors'>,
): AsyncGenerator<SearchChunk> {
  const passages = await basePassages();
  const random = seeded(setting.seed);
  for (let number = 0; number < setting.chunks; number++) {
    const [major, minor] = [below(random, passages.length), below(random, passages.length)];
    const pair = [at(passages, major), at(passages, minor)] as const;
    const vectors = [at(setting.passageVectors, major), at(setting.passageVectors, minor)] as const;
    yield { number, text: resample(random, pair, 3 + below(random, 5)), vector: blend(random, vectors, 0.5) };
  }
}

/** The corpus in arrays of at most `size`. */
export async function* inBatches(chunks: AsyncIterable<SearchChunk>, size: number): AsyncGenerator<SearchChunk[]> {
  let batch: SearchChunk[] = [];
  for await (const chunk of chunks) {
    batch.push(chunk);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The `count` chunks whose vectors are nearest, found by comparing with every one; for each query, best first. */
export async function exactNeighbours(setting: SearchSetting, queryCount: number, count: number): Promise<number[][]> {
  const queries = setting.queries.slice(0, queryCount);
  const best = queries.map((): { number: number; score: number }[] => []);
  for await (const { number, vector } of generateChunks(setting)) {
    queries.forEach((query, index) => keep(best[index] ?? [], { number, score: dot(query.vector, vector) }, count));
  }
  return best.map((list) => list.map((entry) => entry.number));
}

function keep(
  list: { number: number; score: number }[],
  entry: { number: number; score: number },
  count: number,
): void {
  if (list.length === count && entry.score <= (list[count - 1]?.score ?? 0)) return;
  const place = list.findIndex((other) => other.score < entry.score);
  list.splice(place < 0 ? list.length : place, 0, entry);
  if (list.length > count) list.pop();
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`There is no item ${index}; there are ${items.length}.`);
  return item;
}
