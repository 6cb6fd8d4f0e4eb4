import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedIds } from './packed-ids.ts';
import { PackedRows } from './packed-rows.ts';

const uuids = fc.uuid();
const ids = fc.oneof(
  uuids,
  fc.string({ unit: 'grapheme' }),
  uuids.map((id) => id.toUpperCase()),
  uuids.map((id) => `${id.slice(0, -1)}-`),
  uuids.map((id) => `${id.slice(0, -1)}Ā`),
);

describe('PackedIds', () => {
  it('numbers each id once and gives it back, UUID or not, as text and as bytes', () => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 60, size: 'max' }), (given) => {
        const packed = new PackedIds();
        const numbers = given.map((id) => packed.numberOf(id));
        for (const [n, id] of given.entries()) {
          expect(packed.at(numbers[n] ?? -1)).toBe(id);
          expect(packed.find(id)).toBe(numbers[n]);
          const bytes = new TextEncoder().encode(`>${id}<`);
          expect(packed.numberOfBytes(bytes, 1, bytes.length - 1)).toBe(numbers[n]);
        }
        expect(new Set(numbers).size).toBe(new Set(given).size);
      }),
      { numRuns: 300 },
    );
  });

  it('finds each of many, and none that is not there', () => {
    const packed = new PackedIds();
    const given = Array.from({ length: 20_000 }, () => randomUUID() as string);
    for (const [n, id] of given.entries()) expect(packed.numberOf(id)).toBe(n);
    expect(given.every((id, n) => packed.find(id) === n && packed.at(n) === id)).toBe(true);
    expect(packed.find(randomUUID())).toBeUndefined();
    expect(packed.bytes).toBeLessThan(given.length * 40);
  });
});

describe('PackedRows', () => {
  const lists = fc.array(fc.constantFrom('g:a', 'g:b', '["g:a","g:b"]', '[]', ''), { maxLength: 3 });
  const row = fc.record({
    id: fc.nat(400).map((n) => `chunk-${n}`),
    documentId: fc.nat(3).map((n) => `document-${n}`),
    versionId: fc.nat(5).map((n) => `version-${n}`),
    acl: lists,
    effectiveFrom: fc.nat(3),
    effectiveTo: fc.option(fc.nat(3)),
  });
  const address = fc.tuple(fc.nat(3), fc.nat(200)).map(([fragment, offset]) => fragment * 2 ** 32 + offset);

  it('gives back what was taken in first at each address, and the chunk’s last address', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(address, row), { maxLength: 700, size: 'max' }), (given) => {
        const rows = new PackedRows();
        const expected = new Map<number, (typeof given)[number][1]>();
        const last = new Map<string, number>();
        for (const [at, each] of given) {
          const [id, documentId, versionId] = [each.id, each.documentId, each.versionId].map((text) =>
            rows.ids.numberOf(text),
          ) as [number, number, number];
          const effectiveTo = each.effectiveTo ?? Number.POSITIVE_INFINITY;
          rows.add(at, { ...each, id, documentId, versionId, effectiveTo });
          if (!expected.has(at)) last.set(each.id, at);
          if (!expected.has(at)) expected.set(at, each);
        }
        for (const [at, { id, ...facts }] of expected) {
          expect(rows.has(at)).toBe(true);
          expect(rows.get(at)).toEqual({ id, facts });
        }
        for (const [id, at] of last) expect(rows.addressOf(id)).toBe(at);
        expect(rows.get(2 ** 40)).toBeUndefined();
        const ofDocument = [...expected.values()].filter(({ documentId }) => documentId === 'document-1');
        const found = [...rows.chunksOf(['document-1', 'unknown'])].filter((id) => id !== null);
        expect(found.sort()).toEqual(ofDocument.map(({ id }) => id).sort());
      }),
      { numRuns: 100 },
    );
  });

  it('forgets the address of a chunk', () => {
    const rows = new PackedRows();
    const id = rows.ids.numberOf('c');
    rows.add(7, { id, documentId: id, versionId: id, acl: [], effectiveFrom: 0, effectiveTo: 1 });
    rows.forgetAddress('c');
    rows.forgetAddress('unknown');
    expect(rows.addressOf('c')).toBeUndefined();
    expect(rows.get(7)?.id).toBe('c');
  });
});
