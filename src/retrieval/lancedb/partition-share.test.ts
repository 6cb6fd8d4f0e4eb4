import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vectorRows, vectorSchema } from './columns.ts';
import { loadLanceDb } from './lancedb.ts';
import { measureShare } from './partition-share.ts';

const ROWS = 4_000;
const PARTITIONS = 63;
const DIMENSIONS = 32;

/** Reproducible numbers around 0 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296 - 0.5;
  };
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-share-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tableOf(name: string, vectorAt: (row: number) => Float32Array) {
  const { connect, Index } = await loadLanceDb();
  const table = await (await connect(folder)).createEmptyTable(name, vectorSchema(DIMENSIONS));
  const entries = Array.from({ length: ROWS }, (_, row) => ({
    id: `${row}`,
    documentId: 'd',
    versionId: 'v',
    externalId: 'e',
    mediaType: 'text/plain',
    acl: [],
    tags: [],
    metadata: [],
    effectiveFrom: 0,
    effectiveTo: null,
    vector: vectorAt(row),
  }));
  await table.add(vectorRows(entries, DIMENSIONS));
  await table.createIndex('vector', { config: Index.ivfFlat({ distanceType: 'cosine', numPartitions: PARTITIONS }) });
  return table;
}

describe('measureShare', () => {
  it('searches little where a few dimensions tell vectors apart, and more where all do', async () => {
    const next = numbers(1);
    const plane = await tableOf('plane', () =>
      unit(Float32Array.from({ length: DIMENSIONS }, (_, k) => (k < 3 ? next() : 0))),
    );
    const scattered = await tableOf('scattered', () => unit(Float32Array.from({ length: DIMENSIONS }, next)));
    expect(await measureShare(plane, PARTITIONS)).toBe(0.25);
    expect(await measureShare(scattered, PARTITIONS)).toBe(0.4);
  });
});
