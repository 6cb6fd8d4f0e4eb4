import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../base/index.ts';
import type { ChunkIndexFactory } from './chunk-index.conformance.ts';
import type { ChunkAttributes, ChunkIndex, IndexScope } from './chunk-index.ts';
import type { Filter } from './filter.ts';

const TENANT = '0193f000-0000-7000-8000-000000000001';
/** Enough for every adapter to build an index of its vectors. */
const ROWS = 12_000;
const QUERIES = 20;
const LIMIT = 10;

/** Chunk `n` is a document of its own; every thousandth is tagged `rare`, every other one `half`. */
export function taggedAttributes(n: number): ChunkAttributes {
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
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** A vector of unit length. */
export function direction(next: () => number, dimensions: number): Float32Array {
  const values = Float32Array.from({ length: dimensions }, next);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** Numbers of the vectors among those named that are nearest to one, best first. */
export function nearestOf(vectors: readonly Float32Array[], wanted: Float32Array, among: readonly number[]): number[] {
  const cosines = vectors.map((vector) => vector.reduce((sum, value, i) => sum + value * (wanted[i] ?? 0), 0));
  return among.toSorted((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0)).slice(0, LIMIT);
}

/**
 * Every adapter finds nearly all of the true nearest once its vectors are indexed, also where a filter lets one in a
 * thousand through. Run it in the adapter's test file.
 * @param name the adapter
 */
export function recallConformance(name: string, factory: ChunkIndexFactory): void {
  describe(`${name} over ${ROWS} vectors`, () => {
    const scope: IndexScope = {
      tenantId: TENANT,
      collectionId: chunkIdOf(TENANT, 'collection of many', 0),
      embedderId: 'test-embedder',
      dimensions: 16,
    };
    const next = noise(1);
    const vectors = Array.from({ length: ROWS }, () => direction(next, scope.dimensions));
    let index: ChunkIndex;
    beforeAll(async () => {
      index = await factory.open();
      const entries = vectors.map((vector, n) => ({ ...taggedAttributes(n), vector }));
      await index.putVectors(scope, entries, { mayExist: false });
      expect((await index.unindexed(scope)).vectors).toBe(ROWS);
      await index.optimise(scope);
      expect((await index.unindexed(scope)).vectors).toBe(0);
    }, 60_000);
    afterAll(async () => {
      await index.close();
      await factory.cleanUp();
    });

    const tagged = (tag: string): Filter => ({ op: 'in', field: 'tags', values: [tag] });
    it.each([
      { what: 'all', filter: { op: 'all' } as const, every: 1 },
      { what: 'one in two', filter: tagged('half'), every: 2 },
      { what: 'one in a thousand', filter: tagged('rare'), every: 1_000 },
    ])('finds .98 of the nearest among $what', async ({ filter, every }) => {
      const among = [...vectors.keys()].filter((n) => n % every === 0);
      let found = 0;
      for (let query = 0; query < QUERIES; query += 1) {
        const wanted = direction(next, scope.dimensions);
        const expected = new Set(nearestOf(vectors, wanted, among).map((n) => taggedAttributes(n).id));
        const hits = await index.searchVectors(scope, wanted, { filter, limit: LIMIT });
        expect(hits).toHaveLength(LIMIT);
        found += hits.filter(({ id }) => expected.has(id)).length;
      }
      expect(found / (LIMIT * QUERIES)).toBeGreaterThanOrEqual(0.98);
    });
  });
}
