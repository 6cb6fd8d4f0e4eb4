import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../../base/index.ts';
import type { ChunkIndex, TextEntry } from '../chunk-index.ts';
import type { Filter } from '../filter.ts';
import { matches } from '../match-filter.ts';
import { openLanceChunkIndex } from './lance-chunk-index.ts';
import { toLanceFilter } from './to-lance-filter.ts';

const TENANT = '0193f000-0000-7000-8000-000000000001';
const scope = { tenantId: TENANT, collectionId: TENANT, embedderId: 'e', dimensions: 2 };
const VALUES = [
  "o'r",
  '\\',
  '%',
  '_',
  "' OR true --",
  "'']",
  '""',
  'ü😀',
  '',
  'g:a',
  'docs/',
  "\\'; DROP TABLE",
  '\n',
  '$1 ?',
];
const ids = Array.from({ length: 4 }, (_, n) => chunkIdOf(TENANT, 'document', n));

const value = fc.constantFrom(...VALUES);
const values = fc.array(value, { maxLength: 3 });
const instant = fc.constantFrom(-5, 0, 5, 10, 8_640_000_000_000_000);
const id = fc.constantFrom(...ids);
const attributes = fc.record({
  documentId: id,
  versionId: id,
  externalId: fc.tuple(value, value).map(([a, b]) => a + b),
  mediaType: value,
  acl: values,
  tags: values,
  metadata: values,
  effectiveFrom: instant,
  effectiveTo: fc.option(instant),
});
const leaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant<Filter>({ op: 'all' }),
  fc.record({
    op: fc.constant('in' as const),
    field: fc.constantFrom(
      'externalId' as const,
      'mediaType' as const,
      'acl' as const,
      'tags' as const,
      'metadata' as const,
    ),
    values,
  }),
  fc.record({
    op: fc.constant('in' as const),
    field: fc.constantFrom('documentId' as const, 'versionId' as const),
    values: fc.array(id),
  }),
  fc.record({ op: fc.constant('prefix' as const), field: fc.constant('externalId' as const), value }),
  fc.record({
    op: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    field: fc.constantFrom('effectiveFrom' as const, 'effectiveTo' as const),
    value: instant,
  }),
);
const filters = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      clauses: fc.array(tie('filter'), { maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('not' as const), clause: tie('filter') }),
  ),
})).filter;

let folder: string;
let index: ChunkIndex;
let entries: TextEntry[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-filter-'));
  index = await openLanceChunkIndex({ folder });
  const sample = fc.sample(attributes, { numRuns: 60, seed: 11 });
  entries = sample.map((facts, n) => ({ ...facts, id: chunkIdOf(TENANT, 'chunk', n), terms: 'word' }));
  await index.putText(scope, entries, { mayExist: false });
});
afterAll(async () => {
  await index.close();
  await rm(folder, { recursive: true, force: true });
});

describe('toLanceFilter', () => {
  it('lets through exactly what the filter means, whatever is in the values', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const hits = await index.searchText(scope, ['word'], { filter, limit: 1_000 });
        const expected = entries.filter((entry) => matches(filter, entry)).map((entry) => entry.id);
        expect(hits.map((hit) => hit.id).sort()).toEqual(expected.sort());
      }),
      { numRuns: 150 },
    );
  });

  it('escapes quotes and nothing else, and writes no column it was given', () => {
    expect(toLanceFilter({ op: 'in', field: 'tags', values: ["a'b\\"] })).toBe("array_has_any(tags, ['a''b\\'])");
    expect(toLanceFilter({ op: 'prefix', field: 'externalId', value: '50%_' })).toBe("starts_with(externalId, '50%_')");
    expect(toLanceFilter({ op: 'all' })).toBeNull();
  });
});
