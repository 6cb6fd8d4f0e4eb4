import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../base/index.ts';
import type { ChunkIndexFactory } from './chunk-index.conformance.ts';
import type { ChunkIndex, IndexScope } from './chunk-index.ts';
import type { FieldSchema } from './filter-fields.ts';
import { type FieldCondition, metadataEntries, metadataFilter } from './filter-metadata.ts';

const TENANT = '0193f000-0000-7000-8000-000000000001';
const CHUNKS = 200;
const FILTERS_AT_ONCE = 10;

/** The fields of {@link drawTyped}. */
export const TYPED_FIELDS: FieldSchema = { amount: 'number', day: 'date', name: 'text' };

/** Metadata as documents have it, and what it means; a field that is undefined is missing. */
export interface TypedDocument {
  readonly metadata: Record<string, string>;
  readonly amount: number | undefined;
  readonly day: number | undefined;
  readonly name: string | undefined;
}

/** Conditions and what they mean. */
export interface TypedCondition {
  readonly conditions: Record<string, FieldCondition>;
  readonly holds: (document: TypedDocument) => boolean;
}

const amount = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const DAY_MS = 86_400_000;
const day = fc.integer({ min: -20, max: 20 }).map((days) => Date.UTC(2024, 0, 1) + days * (DAY_MS / 2));
const name = fc.constantFrom('tax', 'taxi', 'law', "o'clock", '京都', 'a=b', '');
const some = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 6 });

/** Documents with every field at random; the same in every run. */
export function drawTyped(count: number): TypedDocument[] {
  const typed = fc.record({ amount: some(amount), day: some(day), name: some(name) });
  return fc.sample(typed, { numRuns: count, seed: 11 }).map((facts) => {
    const metadata: Record<string, string> = {};
    if (facts.amount !== undefined) metadata['amount'] = String(facts.amount);
    if (facts.day !== undefined) metadata['day'] = new Date(facts.day).toISOString();
    if (facts.name !== undefined) metadata['name'] = facts.name;
    return { ...facts, metadata };
  });
}

type Compared = 'amount' | 'day';

const SIGNS = ['gt', 'gte', 'lt', 'lte'] as const;
const compare: Record<(typeof SIGNS)[number], (a: number, b: number) => boolean> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
};
const written = (field: Compared, value: number): string | number =>
  field === 'amount' ? value : new Date(value).toISOString();

const range = (field: Compared, value: fc.Arbitrary<number>): fc.Arbitrary<TypedCondition> =>
  fc
    .record({
      low: fc.option(fc.tuple(fc.constantFrom('gt', 'gte'), value)),
      high: fc.option(fc.tuple(fc.constantFrom('lt', 'lte'), value)),
    })
    .filter(({ low, high }) => low !== null || high !== null)
    .map(({ low, high }) => {
      const bounds = [low, high].filter((each) => each !== null) as [(typeof SIGNS)[number], number][];
      return {
        conditions: { [field]: Object.fromEntries(bounds.map(([sign, at]) => [sign, written(field, at)])) },
        holds: (document) => {
          const own = document[field];
          return own !== undefined && bounds.every(([sign, at]) => compare[sign](own, at));
        },
      };
    });

const among = (field: Compared, value: fc.Arbitrary<number>): fc.Arbitrary<TypedCondition> =>
  fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => ({
    conditions: { [field]: values.map((each) => written(field, each)) },
    holds: (document) => document[field] !== undefined && values.some((each) => each === document[field]),
  }));

const named: fc.Arbitrary<TypedCondition> = fc.oneof(
  name.map((value): TypedCondition => ({ conditions: { name: value }, holds: (each) => each.name === value })),
  fc.constantFrom('t', 'tax', 'o', '京', 'a=').map(
    (prefix): TypedCondition => ({
      conditions: { name: { prefix } },
      holds: (each) => each.name?.startsWith(prefix) === true,
    }),
  ),
);

/** Equality, sets, ranges and beginnings on the declared fields, alone and together. */
export const typedConditions: fc.Arbitrary<TypedCondition> = fc
  .tuple(
    fc.option(fc.oneof(range('amount', amount), among('amount', amount))),
    fc.option(fc.oneof(range('day', day), among('day', day))),
    fc.option(named, { freq: 2 }),
  )
  .map((parts) => parts.filter((part) => part !== null))
  .filter((parts) => parts.length > 0)
  .map((parts) => ({
    conditions: Object.assign({}, ...parts.map((part) => part.conditions)) as TypedCondition['conditions'],
    holds: (document) => parts.every((part) => part.holds(document)),
  }));

/**
 * Every adapter finds exactly the documents whose declared fields satisfy the conditions. Run it in the adapter's test
 * file.
 * @param name the adapter
 */
export function typedFiltersConformance(adapter: string, factory: ChunkIndexFactory): void {
  describe(`${adapter} under conditions on declared fields`, () => {
    const scope: IndexScope = {
      tenantId: TENANT,
      collectionId: chunkIdOf(TENANT, 'typed collection', 0),
      embedderId: 'test-embedder',
      dimensions: 8,
    };
    const documents = drawTyped(CHUNKS).map((document, n) => ({ ...document, id: chunkIdOf(TENANT, 'typed', n) }));
    let index: ChunkIndex;
    beforeAll(async () => {
      index = await factory.open();
      const entries = documents.map(({ id, metadata }) => ({
        id,
        documentId: id,
        versionId: id,
        externalId: id,
        mediaType: 'text/plain',
        acl: [],
        tags: [],
        metadata: metadataEntries(metadata),
        effectiveFrom: 0,
        effectiveTo: null,
        terms: 'all',
      }));
      await index.putText(scope, entries, { mayExist: false });
      await index.optimise(scope);
    });
    afterAll(async () => {
      await index.close();
      await factory.cleanUp();
    });

    it('finds what satisfies them and nothing else', async () => {
      const check = async ({ conditions, holds }: TypedCondition): Promise<void> => {
        const filter = { op: 'and', clauses: metadataFilter(conditions, TYPED_FIELDS) } as const;
        const found = await index.searchText(scope, ['all'], { filter, limit: CHUNKS });
        const expected = documents.filter(holds).map(({ id }) => id);
        expect(found.map(({ id }) => id).sort()).toEqual(expected.toSorted());
      };
      const batch = fc.array(typedConditions, { minLength: FILTERS_AT_ONCE, maxLength: FILTERS_AT_ONCE });
      await fc.assert(
        fc.asyncProperty(batch, async (several) => {
          await Promise.all(several.map(check));
        }),
        { numRuns: 20, endOnFailure: true },
      );
    }, 60_000);
  });
}
