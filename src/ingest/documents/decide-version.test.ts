import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideVersion, type KnownDocument } from './decide-version.ts';
import type { PreparedDocument } from './prepared-document.ts';

const NOW = 1_000_000;
const instant = fc.integer({ min: 0, max: 2_000_000 });
const hash = fc.constantFrom('a', 'b');

interface Case {
  readonly hash: string;
  readonly parser: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

function prepared({ hash: originalSha256, parser, from, to }: Case): PreparedDocument {
  const declared = {
    ...(from === undefined ? {} : { effectiveFrom: from }),
    ...(to === undefined ? {} : { effectiveTo: to }),
  };
  return { originalSha256, given: {}, parsed: { chunker: 'c', document: { parser, declared } } } as never;
}

const cases: fc.Arbitrary<Case> = fc.record({
  hash,
  parser: fc.constantFrom('p1', 'p2'),
  from: fc.option(instant, { nil: undefined }),
  to: fc.option(instant, { nil: undefined }),
});

const known: fc.Arbitrary<KnownDocument> = fc.record({
  originalSha256: hash,
  parser: fc.constantFrom('p1', 'p2'),
  chunker: fc.constant('c'),
  effectiveFrom: instant,
  effectiveTo: fc.option(instant, { nil: null }),
}) as never;

test('what is not known is new, valid as declared, else from now on', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const validity = { from: given.from ?? NOW, to: given.to ?? null };
      expect(decideVersion(prepared(given), undefined, NOW)).toEqual({ kind: 'new', validity });
    }),
  );
});

test('other bytes or another reading are never taken for unchanged', () => {
  fc.assert(
    fc.property(cases, known, (given, before) => {
      const { kind } = decideVersion(prepared(given), before, NOW);
      if (given.hash !== before.originalSha256 || given.parser !== before.parser) expect(kind).toBe('changed');
    }),
  );
});

test('a superseded version ends no later than it did, no earlier than it began, and not after its successor began', () => {
  fc.assert(
    fc.property(cases, known, (given, before) => {
      fc.pre(before.effectiveTo === null || before.effectiveTo >= before.effectiveFrom);
      const decision = decideVersion(prepared(given), before, NOW);
      if (decision.kind !== 'changed') return;
      expect(decision.previousTo).toBeGreaterThanOrEqual(before.effectiveFrom);
      if (before.effectiveTo !== null) expect(decision.previousTo).toBeLessThanOrEqual(before.effectiveTo);
      expect(decision.previousTo).toBeLessThanOrEqual(Math.max(decision.validity.from, before.effectiveFrom));
    }),
  );
});

test('the same bytes read again in another way keep their dates', () => {
  const before = { originalSha256: 'a', parser: 'p1', chunker: 'c', effectiveFrom: 5, effectiveTo: null } as never;
  const again = prepared({ hash: 'a', parser: 'p2', from: undefined, to: undefined });
  expect(decideVersion(again, before, NOW)).toEqual({
    kind: 'changed',
    validity: { from: 5, to: null },
    previousTo: 5,
  });
});
