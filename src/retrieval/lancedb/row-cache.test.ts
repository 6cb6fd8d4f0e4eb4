import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '@lancedb/lancedb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../../base/index.ts';
import type { VectorEntry } from '../chunk-index.ts';
import { vectorRows } from './columns.ts';
import { loadLanceDb } from './lancedb.ts';
import { MemoryBudget } from './memory-budget.ts';
import { RowCache } from './row-cache.ts';
import { nearestRows } from './nearest-rows.ts';
import { nearestOf, similaritiesOf } from './similarities.ts';

const VERSION = '0193f000-0000-7000-8000-000000000001';
const ROWS = 700;
const DIMENSIONS = 6;
const NEAREST = 20;

function entry(n: number): VectorEntry {
  const raw = Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(n * 1.7 + i * 2.3));
  const length = Math.hypot(...raw);
  const id = chunkIdOf(VERSION, 'row', n);
  const facts = { externalId: `${n}`, mediaType: 'text/plain', acl: ['g:everyone'], tags: [], metadata: [] };
  const vector = Float32Array.from(raw, (value) => value / length);
  return { id, documentId: VERSION, versionId: VERSION, ...facts, effectiveFrom: 0, effectiveTo: null, vector };
}

const entries = Array.from({ length: ROWS }, (_, n) => entry(n));
const question = entry(1_000).vector;
const cosine = (vector: Float32Array): number =>
  vector.reduce((sum, value, i) => sum + value * (question[i] as number), 0);
let folder: string;
let table: Table;
let addresses: number[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-rows-'));
  const connection = await (await loadLanceDb()).connect(folder);
  table = await connection.createTable('rows', vectorRows(entries, DIMENSIONS));
  const found = await table.query().select(['_rowid']).toArrow();
  addresses = Array.from(found.getChild('_rowid')?.toArray() as BigUint64Array, Number);
});
afterAll(async () => {
  table.close();
  await rm(folder, { recursive: true, force: true });
});

/** Rows of a table with their true cosines, nearest first. */
async function rowsOf(searched: Table): Promise<{ address: number; cosine: number }[]> {
  const found = await searched.query().select(['id', '_rowid']).toArrow();
  const vectors = new Map(entries.map(({ id, vector }) => [id, vector]));
  const rows = Array.from(found.getChild('_rowid') ?? [], (address, row) => {
    const vector = vectors.get(String(found.getChild('id')?.get(row))) ?? new Float32Array(DIMENSIONS);
    return { address: Number(address), cosine: cosine(vector) };
  });
  return rows.sort((a, b) => b.cosine - a.cosine);
}

/** As near as bytes can tell, and of the rows there are. */
async function expectNearest(found: { addresses: readonly number[] } | null, searched: Table): Promise<void> {
  const rows = await rowsOf(searched);
  const cosines = new Map(rows.map((row) => [row.address, row.cosine]));
  expect(found?.addresses).toHaveLength(NEAREST);
  for (const [n, address] of (found?.addresses ?? []).entries()) {
    expect(Math.abs((cosines.get(address) ?? 9) - (rows[n]?.cosine ?? -9))).toBeLessThan(0.01);
  }
}

/** The cosine that the cache knows of. */
function told(cache: RowCache, id: string): number | undefined {
  const known = new Map<string, number>();
  cache.cosines([id], question, known);
  return known.get(id);
}

async function warmed(budget = new MemoryBudget(1 << 30)): Promise<RowCache> {
  const cache = new RowCache({ budget }, true);
  await cache.rows(table, addresses.slice(0, 50));
  await cache.idle();
  return cache;
}

describe('RowCache', () => {
  it('remembers every vector of a warmed table', async () => {
    const cache = await warmed();
    for (const { id, vector } of entries) expect(told(cache, id)).toBeCloseTo(cosine(vector), 1);
    const error = Math.max(...entries.map(({ id, vector }) => Math.abs((told(cache, id) ?? 9) - cosine(vector))));
    expect(error).toBeLessThan(0.01);
  });

  it('gives the same cosines cold and warm', async () => {
    const ids = entries.slice(100, 140).map(({ id }) => id);
    const cold = await similaritiesOf(
      { table, cache: new RowCache({ budget: new MemoryBudget(1 << 30) }, true) },
      question,
      ids,
    );
    expect(cold.size).toBe(ids.length);
    expect(await similaritiesOf({ table, cache: await warmed() }, question, ids)).toEqual(cold);
  });

  it('compares again what a rough index found, with vectors in memory and those it has to read', async () => {
    const cache = await warmed();
    expect(cache.hasVectors).toBe(true);
    const index = { probes: 1, isRough: true };
    const of = { where: null, limit: NEAREST };
    await expectNearest(await nearestRows({ table, cache, index }, question, of), table);
    const cold = new RowCache({ budget: new MemoryBudget(1 << 30) }, true);
    expect(cold.hasVectors).toBe(false);
    const found = await nearestOf({ table, cache: cold }, [...addresses.slice(0, 90), 999_999_999], {
      vector: question,
      limit: 5,
    });
    const rows = (await rowsOf(table)).filter(({ address }) => addresses.indexOf(address) < 90);
    const cosines = new Map(rows.map((row) => [row.address, row.cosine]));
    expect(found.addresses).toHaveLength(5);
    for (const [n, address] of found.addresses.entries()) {
      expect(Math.abs((cosines.get(address) ?? 9) - (rows[n]?.cosine ?? -9))).toBeLessThan(0.01);
    }
  });

  it('names a replaced chunk and the chunks of a removed document no more', async () => {
    const cache = await warmed();
    cache.replaced([entries[3]?.id ?? '']);
    expect(told(cache, entries[3]?.id ?? '')).toBeUndefined();
    expect(told(cache, entries[4]?.id ?? '')).toBeTypeOf('number');
    await cache.removed([VERSION]);
    expect(told(cache, entries[4]?.id ?? '')).toBeUndefined();
  });

  it('does not read a table into memory that is larger than its share of the budget', async () => {
    const cache = await warmed(new MemoryBudget(100_000));
    expect(told(cache, entries[600]?.id ?? '')).toBeUndefined();
    expect(await cache.rows(table, addresses.slice(640, 642))).toMatchObject([{ id: entries[640]?.id }, {}]);
  });

  it('finds the nearest in memory, of the table as it is, and none while it does not know all of it', async () => {
    const changed = await (await (await loadLanceDb()).connect(folder)).createTable(
      'changed',
      vectorRows(entries, DIMENSIONS),
    );
    const budget = new MemoryBudget(1 << 30);
    const cache = new RowCache({ budget, scanFrom: 100, warmIntervalMs: 0 }, true);
    const nearest = () => cache.nearest(changed, question, NEAREST);
    const settled = async () => {
      await nearest();
      await nearest();
      await cache.idle();
      return await nearest();
    };
    expect(await nearest()).toBeNull();
    await cache.rows(changed, addresses.slice(0, 50));
    await cache.idle();
    await expectNearest(await nearest(), changed);
    const gone = entries.filter(({ id }, n) => n < 60 || id === entries[680]?.id).map(({ id }) => id);
    await changed.delete(`id IN (${gone.map((id) => `'${id}'`).join(', ')})`);
    expect(await nearest()).toBeNull();
    await expectNearest(await settled(), changed);
    // New rows take the places of those that are gone.
    await changed.add(vectorRows(entries.slice(0, 30), DIMENSIONS));
    expect(await nearest()).toBeNull();
    await expectNearest(await settled(), changed);
    await changed.delete('true');
    expect(await settled()).toBeNull();
    changed.close();
  });

  it('remembers no more all of a table when it meets a row that the table no longer has', async () => {
    const cache = new RowCache({ budget: new MemoryBudget(1 << 30), scanFrom: 100 }, true);
    await cache.rows(table, addresses.slice(0, 50));
    await cache.idle();
    expect(await cache.nearest(table, question, 5)).not.toBeNull();
    const vectors = { values: new Float16Array(question), dimensions: DIMENSIONS };
    cache.rememberVector({ id: entries[0]?.id ?? '', address: addresses[0] ?? 0 }, vectors, 0);
    expect(await cache.nearest(table, question, 5)).not.toBeNull();
    cache.rememberVector({ id: 'of an earlier version', address: 999_999 }, vectors, 0);
    expect(await cache.nearest(table, question, 5)).toBeNull();
  });
});
