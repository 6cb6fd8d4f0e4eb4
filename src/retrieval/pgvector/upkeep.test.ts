import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunkIdOf } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import { openTestDatabase, type TestDatabase, testServerUrl } from '../../store/testing.ts';
import type { ChunkIndex, IndexScope } from '../chunk-index.ts';
import type { Filter } from '../filter.ts';
import { direction, nearestOf, noise, taggedAttributes } from '../recall.conformance.ts';
import { openPgvectorChunkIndex } from './pgvector-chunk-index.ts';
import { indexName, type Relations, relationsOf } from './relations.ts';
import { readVectorFacts, searchVectors } from './search-vectors.ts';

const without = testServerUrl === undefined ? ': skipped, set PLUMB_TEST_DATABASE_URL to a PostgreSQL 17' : '';
const TENANT = '0193f000-0000-7000-8000-000000000001';
const ROWS = 12_000;
const QUERIES = 20;
const EVERYTHING: Filter = { op: 'all' };

function scopeOf(name: string): IndexScope {
  return { tenantId: TENANT, collectionId: chunkIdOf(TENANT, name, 0), embedderId: 'test', dimensions: 8 };
}

/** How often this connection has searched the graph since its statistics were last reported, which no transaction does. */
async function graphScans(tx: Transaction, { schema, vectors }: Relations): Promise<number> {
  const [scans] = await tx.query<{ count: number }>('select pg_stat_get_xact_numscans($1::regclass) as count', [
    `${schema}.${indexName(vectors, 'hnsw')}`,
  ]);
  return scans?.count ?? 0;
}

const tagged = (tag: string): Filter => ({ op: 'in', field: 'tags', values: [tag] });

describe.skipIf(testServerUrl === undefined)(`the upkeep of an index in PostgreSQL${without}`, () => {
  let opened: TestDatabase;
  let index: ChunkIndex;
  beforeAll(async () => {
    opened = await openTestDatabase('postgres');
    index = await openPgvectorChunkIndex({ database: opened.database });
  });
  afterAll(async () => {
    await index.close();
    await opened.drop();
  });

  test('builds a graph of many vectors, uses it where it pays, and finds nearly all of the nearest', async () => {
    const scope = scopeOf('graph');
    const relations = relationsOf(scope);
    const next = noise(1);
    const vectors = Array.from({ length: ROWS }, () => direction(next, 8));
    const entries = vectors.map((vector, n) => ({ ...taggedAttributes(n), vector }));
    await index.putVectors(scope, entries, { mayExist: false });
    expect(await index.unindexed(scope)).toEqual({ text: 0, vectors: ROWS });
    await index.optimise(scope);
    expect(await index.unindexed(scope)).toEqual({ text: 0, vectors: 0 });

    /** Mean recall at 10 over some queries, and how many of them went through the graph. */
    const measure = async (filter: Filter, satisfies: (n: number) => boolean) => {
      let found = 0;
      let byGraph = 0;
      for (let query = 0; query < QUERIES; query += 1) {
        const wanted = direction(next, 8);
        const nearest = nearestOf(vectors, wanted, [...vectors.keys()].filter(satisfies));
        const expected = new Set(nearest.map((n) => taggedAttributes(n).id));
        const hits = await opened.database.withTenant({ ...opened.context, tenantId: TENANT }, async (tx) => {
          const facts = await readVectorFacts(tx, relations);
          const before = await graphScans(tx, relations);
          const near = await searchVectors({ tx, relations, facts }, wanted, { filter, limit: 10 });
          if ((await graphScans(tx, relations)) > before) byGraph += 1;
          return near;
        });
        expect(hits).toHaveLength(10);
        found += hits.filter(({ id }) => expected.has(id)).length;
      }
      return { recall: found / (10 * QUERIES), byGraph };
    };
    const all = await measure(EVERYTHING, () => true);
    expect(all.byGraph).toBe(QUERIES);
    expect(all.recall).toBeGreaterThanOrEqual(0.98);
    const half = await measure(tagged('half'), (n) => n % 2 === 0);
    expect(half.byGraph).toBe(QUERIES);
    expect(half.recall).toBeGreaterThanOrEqual(0.98);
    const rare = await measure(tagged('rare'), (n) => n % 1_000 === 0);
    expect(rare.byGraph).toBe(0);
    expect(rare.recall).toBeGreaterThanOrEqual(0.98);
  });

  test('takes the vectors of removed documents out of the table when it scrubs', async () => {
    const scope = scopeOf('vacuumed');
    const next = noise(2);
    const entries = Array.from({ length: 2_000 }, (_, n) => ({ ...taggedAttributes(n), vector: direction(next, 8) }));
    await index.putVectors(scope, entries, { mayExist: false });
    const removed = entries.slice(0, 50);
    await index.removeDocuments(
      scope,
      removed.map(({ documentId }) => documentId),
    );
    const vacuums = async () => {
      const [row] = await opened.database.withTenant({ ...opened.context, tenantId: TENANT }, (tx) =>
        tx.query<{ count: number }>('select pg_stat_get_vacuum_count($1::regclass) as count', [
          relationsOf(scope).vectors,
        ]),
      );
      return row?.count;
    };
    expect(await vacuums()).toBe(0);
    await index.scrub(scope);
    expect(await vacuums()).toBe(1);
    for (const { vector, id } of removed.slice(0, 3)) {
      const hits = await index.searchVectors(scope, vector, { filter: EVERYTHING, limit: 10 });
      expect(hits).toHaveLength(10);
      expect(hits.map((hit) => hit.id)).not.toContain(id);
    }
  });

  test('after an erasure scores are those of the remaining chunks, and no word of the others is left', async () => {
    const [scope, fresh] = [scopeOf('purged'), scopeOf('fresh')];
    const words = (n: number): string => `common w${n % 7} w${n % 5} ${n % 3 === 0 ? 'secret' : 'open'} only${n}`;
    const entries = Array.from({ length: 90 }, (_, n) => ({ ...taggedAttributes(n), terms: words(n) }));
    const stays = (n: number): boolean => n % 3 !== 0 && n >= 20;
    for (let from = 0; from < entries.length; from += 10) {
      await index.putText(scope, entries.slice(from, from + 10), { mayExist: false });
      if (from === 40) await index.optimise(scope);
    }
    await index.putText(
      fresh,
      entries.filter((_, n) => stays(n)),
      { mayExist: false },
    );
    const gone = entries.filter((_, n) => !stays(n));
    await index.removeDocuments(
      scope,
      gone.map(({ documentId }) => documentId),
    );
    await index.scrub(scope);
    for (const terms of [['common'], ['w1', 'w3'], ['open', 'only44', 'w2'], ['secret']]) {
      const ranked = async (of: IndexScope) => {
        const hits = await index.searchText(of, terms, { filter: EVERYTHING, limit: 100 });
        return hits.map(({ id, score }) => `${id} ${score.toFixed(9)}`).sort();
      };
      expect(await ranked(scope)).toEqual(await ranked(fresh));
    }
    const left = await opened.database.withTenant({ ...opened.context, tenantId: TENANT }, (tx) =>
      tx.query<{ term: string; df: number }>(`select term, df from ${relationsOf(scope).postings}`),
    );
    const terms = new Set(left.map(({ term }) => term));
    expect(terms).toEqual(new Set(entries.flatMap(({ terms: all }, n) => (stays(n) ? all.split(' ') : []))));
    const common = left.filter(({ term }) => term === 'common').reduce((sum, { df }) => sum + df, 0);
    expect(common).toBe(entries.length - gone.length);
    await index.optimise(scope);
    expect(await index.unindexed(scope)).toEqual({ text: 0, vectors: 0 });
  });
});
