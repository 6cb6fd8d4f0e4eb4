import type { Table } from '@lancedb/lancedb';
import { readVectors } from './read-vectors.ts';

/**
 * Share of the partitions searched where nothing was measured: enough for vectors that lie as those of real sentences do
 * (docs/decisions/0009-partitions-searched.md).
 */
const CAUTIOUS = 0.4;
/** Shares tried, from the cheapest: with less, what made questions find says too little of what real ones do. */
const TRIED = [0.2, 0.25, 0.3, 0.35];
/** Recall@10 that made questions must reach. */
const WANTED_RECALL = 0.985;
const MADE_QUESTIONS = 64;
const NEIGHBOURS = 10;
/** Smaller indexes are searched so quickly that measuring does not pay. */
const MEASURED_FROM_ROWS = 50_000;

/** Times it is asked before an index is measured, a second apart: where its vectors fit in memory, few searches need it. */
const MEASURED_AFTER = 5;

/** An index that holds the vectors themselves, so that searching all of it finds the true nearest. */
export interface FlatIndex {
  readonly name: string;
  readonly trainedOn: number;
  readonly partitions: number;
}

/**
 * How much of each vector index has to be searched: measured in the background once an index is used, on questions
 * made of its own vectors. The sum of two is as hard to find the nearest of as a real question is (within .02 of recall on
 * passages' mixtures and on sentences), unlike a vector of the index itself, which lies in the middle of its partition.
 */
export class PartitionShares {
  readonly #known = new WeakMap<Table, { readonly index: string; share: number; asked: number }>();

  /** 0…1; the cautious one until the measurement is done. Asked once a second at most. */
  of(table: Table, index: FlatIndex): number {
    const known = this.#known.get(table);
    const entry = known?.index === index.name ? known : { index: index.name, share: CAUTIOUS, asked: 0 };
    this.#known.set(table, entry);
    entry.asked += 1;
    if (index.trainedOn < MEASURED_FROM_ROWS || entry.asked !== MEASURED_AFTER) return entry.share;
    measureShare(table, index.partitions).then(
      (share) => {
        entry.share = share;
      },
      () => undefined, // the table was closed or rebuilt meanwhile: the cautious share stays
    );
    return CAUTIOUS;
  }

  /** What is searched of an index that cannot be measured. */
  readonly cautious = CAUTIOUS;
}

/**
 * One step more than the smallest share with which made questions find enough of their true nearest: the first of several
 * that passes a trial of {@link MADE_QUESTIONS} is often one that was lucky.
 */
export async function measureShare(table: Table, partitions: number): Promise<number> {
  const questions = await madeQuestions(table);
  if (questions.length === 0) return CAUTIOUS;
  const truth: Set<number>[] = [];
  for (const question of questions) truth.push(new Set(await nearest(table, question, partitions)));
  for (const [step, share] of TRIED.entries()) {
    let found = 0;
    for (const [i, question] of questions.entries()) {
      const hits = await nearest(table, question, Math.ceil(partitions * share));
      found += hits.filter((address) => truth[i]?.has(address)).length;
    }
    if (found >= WANTED_RECALL * questions.length * NEIGHBOURS) return TRIED[step + 1] ?? CAUTIOUS;
  }
  return CAUTIOUS;
}

/** Sums of two vectors from places far apart; cosine does not ask for unit length. */
async function madeQuestions(table: Table): Promise<Float32Array[]> {
  const rows = await table.countRows();
  const wanted = Math.min(2 * MADE_QUESTIONS, rows);
  const offsets = Array.from({ length: wanted }, (_, i) => Math.floor(((i + 0.5) * rows) / wanted));
  const vectors: Float32Array[] = [];
  for (const batch of (await table.takeOffsets(offsets).select(['vector']).toArrow()).batches) {
    const read = readVectors(batch);
    if (read === null) continue;
    const { values, dimensions } = read;
    for (let row = 0; row < batch.numRows; row++) {
      vectors.push(Float32Array.from(values.subarray(row * dimensions, (row + 1) * dimensions)));
    }
  }
  const half = vectors.length >> 1;
  return vectors.slice(0, half).map((vector, i) => vector.map((value, k) => value + (vectors[half + i]?.[k] ?? 0)));
}

async function nearest(table: Table, question: Float32Array, partitions: number): Promise<number[]> {
  const query = table.query().nearestTo(question).distanceType('cosine').nprobes(partitions);
  const found = await query.select(['_rowid', '_distance']).limit(NEIGHBOURS).toArrow();
  return Array.from((found.getChild('_rowid')?.toArray() ?? []) as BigUint64Array, Number);
}
