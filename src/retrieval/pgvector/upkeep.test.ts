import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunkIdOf } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import { openTestDatabase, type TestDatabase, testServerUrl } from '../../store/testing.ts';
import type { ChunkAttributes, ChunkIndex, IndexScope } from '../chunk-index.ts';
import type { Filter } from '../filter.ts';
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

/** Chunk `n` is a document of its own; every thousandth is tagged `rare`, every other one `half`. */
function attributesOf(n: number): ChunkAttributes {
  const documentId = chunkIdOf(TENANT, 'document', n);
  return {
    id: documentId,
    documentId,
    versionId: documentId,
    externalId: `docs/${n}.md`,
    mediaType: 'text/markdown',
    acl: [],
    tags: [...(n % 1_000 === 0 ? ['rare'] : []), ...(n % 2 === 0 ? ['half'] : [])],
    metadata: [],
    effectiveFrom: 0,
    effectiveTo: null,
  };
}

/** Numbers between −1 and 1 that look random and are the same in every run (mulberry32). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

function direction(next: () => number): Float32Array {
  const values = Float32Array.from({ length: 8 }, next);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
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
    const vectors = Array.from({ length: ROWS }, () => direction(next));
    const entries = vectors.map((vector, n) => ({ ...attributesOf(n), vector }));
    await index.putVectors(scope, entries, { mayExist: false });
    expect(await index.unindexed(scope)).toEqual({ text: 0, vectors: ROWS });
    await index.optimise(scope);
    expect(await index.unindexed(scope)).toEqual({ text: 0, vectors: 0 });

    /** Mean recall at 10 over some queries, and how many of them went through the graph. */
    const measure = async (filter: Filter, satisfies: (n: number) => boolean) => {
      let found = 0;
      let byGraph = 0;
      for (let query = 0; query < QUERIES; query += 1) {
        const wanted = direction(next);
        const cosines = vectors.map((vector) => vector.reduce((sum, value, i) => sum + value * (wanted[i] ?? 0), 0));
        const nearest = [...vectors.keys()]
          .filter(satisfies)
          .sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0))
          .slice(0, 10);
        const expected = new Set(nearest.map((n) => attributesOf(n).id));
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

  test('after an erasure scores are those of the remaining chunks, and no word of the others is left', async () => {
    const [scope, fresh] = [scopeOf('purged'), scopeOf('fresh')];
    const words = (n: number): string => `common w${n % 7} w${n % 5} ${n % 3 === 0 ? 'secret' : 'open'} only${n}`;
    const entries = Array.from({ length: 90 }, (_, n) => ({ ...attributesOf(n), terms: words(n) }));
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
