import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../base/index.ts';
import { checkFilter } from './check-filter.ts';
import type { ChunkIndexFactory } from './chunk-index.conformance.ts';
import type { ChunkIndex, IndexScope, SearchOptions } from './chunk-index.ts';
import type { Filter } from './filter.ts';
import { matches } from './match-filter.ts';

const TENANT = '0193f000-0000-7000-8000-000000000001';
const scope: IndexScope = {
  tenantId: TENANT,
  collectionId: chunkIdOf(TENANT, 'filtered collection', 0),
  embedderId: 'test-embedder',
  dimensions: 8,
};
/** Few enough values that trees often match some chunks and not others; what a language of queries might trip over. */
const TEXTS = ['a', 'A', "o'clock", '%', '_', 'back\\slash', 'ünï', '京都', '"', '] OR true --', '{a,b}', ''];
const TIMES = [-1, 0, 1_000, 2_000, 1_700_000_000_000, 8_640_000_000_000_000];
const CHUNKS = 150;
const TREES = 1_000;
const TREES_AT_ONCE = 20;

const ids = (kind: string): string[] => Array.from({ length: 6 }, (_, n) => chunkIdOf(TENANT, kind, n));
const texts = fc.array(fc.constantFrom(...TEXTS), { maxLength: 3 });
const attributes = fc.record({
  documentId: fc.constantFrom(...ids('document')),
  versionId: fc.constantFrom(...ids('version')),
  externalId: fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS)).map(([one, two]) => `${one}/${two}`),
  mediaType: fc.constantFrom('text/plain', 'text/markdown'),
  acl: texts,
  tags: texts,
  metadata: texts.map((values) => values.map((value) => `key=${value}`)),
  effectiveFrom: fc.constantFrom(...TIMES),
  effectiveTo: fc.constantFrom(null, ...TIMES),
});

const within = (...values: string[]) => fc.array(fc.constantFrom(...values), { maxLength: 4 });
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant<Filter>({ op: 'all' }),
  fc.record({ op: fc.constant('in'), field: fc.constantFrom('acl', 'tags', 'mediaType'), values: within(...TEXTS) }),
  fc.record({
    op: fc.constant('in'),
    field: fc.constant('mediaType'),
    values: within('text/plain', 'text/markdown', 'TEXT/PLAIN'),
  }),
  fc.record({
    op: fc.constant('in'),
    field: fc.constant('metadata'),
    values: within(...TEXTS.map((value) => `key=${value}`), 'key'),
  }),
  fc.record({ op: fc.constant('in'), field: fc.constant('documentId'), values: within(...ids('document'), 'no UUID') }),
  fc.record({ op: fc.constant('in'), field: fc.constant('versionId'), values: within(...ids('version'), '') }),
  fc.record({
    op: fc.constant('prefix'),
    field: fc.constant('externalId'),
    value: fc.constantFrom(...TEXTS, 'a/', '%/'),
  }),
  fc.record({
    op: fc.constant('prefix'),
    field: fc.constant('metadata'),
    value: fc.constantFrom(...TEXTS).map((value) => `key=${value}`),
  }),
  fc.record({
    op: fc.constantFrom('lt', 'lte', 'gt', 'gte'),
    field: fc.constantFrom('effectiveFrom', 'effectiveTo'),
    value: fc.constantFrom(...TIMES),
  }),
) as fc.Arbitrary<Filter>;
const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthSize: 'large', withCrossShrink: true },
    { weight: 2, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc.record({ op: fc.constantFrom('and', 'or'), clauses: fc.array(tie('tree'), { maxLength: 4 }) }),
    },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('not'), clause: tie('tree') }) },
  ) as fc.Arbitrary<Filter>,
}));

function isAllowed(filter: Filter): boolean {
  try {
    checkFilter(filter);
    return true;
  } catch {
    return false;
  }
}

/** Chunks of random attributes, with vectors and words of their own; all have the word `all`. */
function drawChunks() {
  return fc.sample(attributes, { numRuns: CHUNKS, seed: 7 }).map((drawn, n) => {
    const values = Array.from({ length: scope.dimensions }, (_, i) => Math.sin(n * 7.3 + i * (n + 1)));
    const length = Math.hypot(...values);
    return {
      ...drawn,
      id: chunkIdOf(TENANT, 'filtered chunk', n),
      terms: `all ${'some '.repeat(n % 4)}${'filler '.repeat(n % 11)}`.trim(),
      vector: Float32Array.from(values, (value) => value / length),
    };
  });
}

/**
 * Every adapter finds exactly what `matches` says a filter means, and ranks it as without a filter. Run it in the adapter's
 * test file.
 * @param name the adapter
 * @param trees how many filters are drawn, a multiple of 20
 */
export function filterConformance(name: string, factory: ChunkIndexFactory, trees: number = TREES): void {
  describe(`${name} under filters`, () => {
    const chunks = drawChunks();
    const question = chunks[3]?.vector ?? new Float32Array(scope.dimensions);
    let index: ChunkIndex;
    beforeAll(async () => {
      index = await factory.open();
      await index.putText(scope, chunks, { mayExist: false });
      await index.putVectors(scope, chunks, { mayExist: false });
      await index.optimise(scope);
    });
    afterAll(async () => {
      await index.close();
      await factory.cleanUp();
    });

    /** Checks the found scores against the best ones there are: equal up to the order of ties. */
    const expectBest = (
      hits: readonly { id: string; score: number }[],
      scores: ReadonlyMap<string, number>,
      expected: readonly string[],
    ): void => {
      const best = expected.map((id) => scores.get(id) ?? 0).sort((a, b) => b - a);
      expect(hits).toHaveLength(Math.min(10, expected.length));
      for (const [rank, { id }] of hits.entries()) {
        expect(expected).toContain(id);
        // Vectors may be kept in half precision.
        expect(Math.abs((scores.get(id) ?? Number.NaN) - (best[rank] ?? Number.NaN))).toBeLessThan(2e-3);
      }
    };

    it(`finds what matches and nothing else, best first, for ${trees} random filters`, async () => {
      const everything: SearchOptions = { filter: { op: 'all' }, limit: CHUNKS };
      const words = await index.searchText(scope, ['all', 'some'], everything);
      expect(words).toHaveLength(CHUNKS);
      const bm25 = new Map(words.map(({ id, score }) => [id, score]));
      const cosines = new Map(
        chunks.map(({ id, vector }) => [id, vector.reduce((sum, value, i) => sum + value * (question[i] ?? 0), 0)]),
      );
      let selective = 0;
      const check = async (filter: Filter): Promise<void> => {
        const expected = chunks.filter((chunk) => matches(filter, chunk)).map(({ id }) => id);
        if (expected.length > 0 && expected.length < CHUNKS) selective += 1;
        const found = await index.searchText(scope, ['all'], { filter, limit: CHUNKS });
        expect(found.map(({ id }) => id).sort()).toEqual(expected.toSorted());
        expectBest(await index.searchText(scope, ['all', 'some'], { filter, limit: 10 }), bm25, expected);
        expectBest(await index.searchVectors(scope, question, { filter, limit: 10 }), cosines, expected);
      };
      const several = fc.array(tree.filter(isAllowed), { minLength: TREES_AT_ONCE, maxLength: TREES_AT_ONCE });
      await fc.assert(
        fc.asyncProperty(several, async (filters) => {
          await Promise.all(filters.map(check));
        }),
        { numRuns: trees / TREES_AT_ONCE, endOnFailure: true },
      );
      // The trees say something: many match a part of the chunks.
      expect(selective).toBeGreaterThan(trees / 4);
    }, 60_000);
  });
}
