import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { FieldSchema } from './filter-fields.ts';
import { type FieldCondition, metadataEntries, metadataFilter } from './filter-metadata.ts';
import { checkFilter } from './check-filter.ts';
import { matches } from './match-filter.ts';
import { drawTyped, type TypedCondition, TYPED_FIELDS, typedConditions } from './typed-filters.conformance.ts';

const FIELDS: FieldSchema = { amount: 'number', signedOn: 'date', department: 'text' };
const attributes = (metadata: Record<string, string>) => ({
  documentId: 'd',
  versionId: 'v',
  externalId: 'e',
  mediaType: 'm',
  acl: [],
  tags: [],
  metadata: metadataEntries(metadata),
  effectiveFrom: 0,
  effectiveTo: null,
});

function holds(conditions: Record<string, FieldCondition>, metadata: Record<string, string>, fields = FIELDS): boolean {
  const filter = { op: 'and', clauses: metadataFilter(conditions, fields) } as const;
  checkFilter(filter);
  return matches(filter, attributes(metadata));
}

test('random conditions on declared fields let through what they say', () => {
  const documents = drawTyped(100).map((document) => ({ ...document, attributes: attributes(document.metadata) }));
  let selective = 0;
  fc.assert(
    fc.property(typedConditions, ({ conditions, holds: expected }: TypedCondition) => {
      const filter = { op: 'and', clauses: metadataFilter(conditions, TYPED_FIELDS) } as const;
      const found = documents.filter((document) => matches(filter, document.attributes));
      const wanted = documents.filter(expected);
      if (wanted.length > 0 && wanted.length < documents.length) selective += 1;
      expect(found).toEqual(wanted);
    }),
    { numRuns: 1_000 },
  );
  expect(selective).toBeGreaterThan(300);
});

describe('conditions on metadata', () => {
  it.each<[Record<string, FieldCondition>, Record<string, string>, boolean]>([
    [{ amount: 5 }, { amount: '5.0' }, true],
    [{ amount: '5' }, { amount: '5e0' }, true],
    [{ amount: { gt: 5 } }, { amount: '5' }, false],
    [{ amount: { gte: 5, lt: 6 } }, { amount: '5.999' }, true],
    [{ amount: { lt: 0 } }, { amount: '-0.5' }, true],
    [{ amount: { lt: 0 } }, {}, false],
    [{ signedOn: { gte: '2024-01-01', lt: '2025-01-01' } }, { signedOn: '2024-12-31T23:59:59Z' }, true],
    [{ signedOn: { gte: '2024-01-01' } }, { signedOn: '2023-12-31' }, false],
    [{ signedOn: '2024-01-01' }, { signedOn: '2024-01-01T01:00:00+01:00' }, true],
    [{ department: ['law', 'tax'] }, { department: 'tax' }, true],
    [{ department: { prefix: 'ta' } }, { department: 'tax' }, true],
    [{ department: { prefix: 'ta' } }, { department: 'law', other: 'tax' }, false],
    [{ department: 'law', amount: { gt: 1 } }, { department: 'law', amount: '1' }, false],
  ])('%j on %j: %s', (conditions, metadata, expected) => {
    expect(holds(conditions, metadata)).toBe(expected);
  });

  it('takes any field where none is declared, and values for what they look like', () => {
    expect(holds({ year: '2024' }, { year: '2024' }, {})).toBe(true);
    expect(holds({ year: '2024' }, { year: '2024.0' }, {})).toBe(false);
    expect(holds({ year: { gt: '2023' } }, { year: '2024' }, {})).toBe(true);
    expect(holds({ until: { lte: '2024-06-01' } }, { until: '2024-05-01' }, {})).toBe(true);
    expect(() => holds({ until: { lte: 'soon' } }, {}, {})).toThrow(/compared with "soon".*Allowed: a day like/);
  });

  it.each<[Record<string, FieldCondition>, RegExp]>([
    [{ colour: 'red' }, /"colour" is not declared.*Allowed: amount \(number\), signedOn \(date\), department \(text\)/],
    [{ constructor: 'red' }, /"constructor" is not declared/],
    [{ amount: 'much' }, /"amount" is a number, and "much" is none. Allowed: a number like/],
    [{ signedOn: { gt: '2024-02-30' } }, /"signedOn" is a date, and "2024-02-30" is none/],
    [{ signedOn: 5 }, /"signedOn" is a date, and 5 is none/],
    [{ department: 5 }, /"department" is a text, and 5 is none/],
    [{ department: { gt: 'a' } }, /is a text, which has no range. Allowed: eq, in, prefix/],
    [{ amount: { prefix: '1' } }, /is a number, which has no prefix/],
    [{ amount: {} }, /has no condition. Allowed: eq, in/],
    [{ amount: { gt: 1, gte: 1 } }, /two bounds on one side/],
  ])('refuses %j', (conditions, message) => {
    expect(() => holds(conditions, {})).toThrow(message);
    expect(() => holds(conditions, {})).toThrow(expect.objectContaining({ code: 'filter.invalid', kind: 'caller' }));
  });
});
