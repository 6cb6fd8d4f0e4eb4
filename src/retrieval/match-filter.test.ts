import { describe, expect, it } from 'vitest';
import { EVERYONE } from '../base/index.ts';
import { checkFilter } from './check-filter.ts';
import type { Filter } from './filter.ts';
import { matches } from './match-filter.ts';
import { readableAt } from './readable-at.ts';

const context = { tenantId: 't', principalId: 'local', groups: [EVERYONE, 'g:hr'], requestId: 'r' };
const chunk = {
  documentId: 'd',
  versionId: 'v',
  externalId: 'docs/a.md',
  mediaType: 'text/plain',
  acl: ['g:hr'],
  tags: [],
  metadata: ['year=2024'],
  effectiveFrom: 100,
  effectiveTo: 200 as number | null,
};
const nested = (depth: number): Filter => (depth === 1 ? { op: 'all' } : { op: 'not', clause: nested(depth - 1) });

describe('readableAt', () => {
  it.each([
    [100, true],
    [199, true],
    [200, false],
    [99, false],
  ])('reads a text valid from 100 to 200 at %i: %s', (at, readable) => {
    expect(matches(readableAt(context, at), chunk)).toBe(readable);
  });

  it('never shows what the principal may not read, whatever the caller asks', () => {
    const asked: Filter = { op: 'or', clauses: [{ op: 'all' }, { op: 'in', field: 'acl', values: ['g:board'] }] };
    expect(matches(readableAt(context, 150, asked), { ...chunk, acl: ['g:board'] })).toBe(false);
    expect(matches(readableAt(context, 150, asked), chunk)).toBe(true);
    expect(matches(readableAt(context, 1e12), { ...chunk, effectiveTo: null })).toBe(true);
  });
});

describe('checkFilter', () => {
  it('takes depth 8 and 100 clauses, and refuses more', () => {
    const wide = (n: number): Filter => ({ op: 'and', clauses: Array.from({ length: n - 1 }, () => ({ op: 'all' })) });
    checkFilter(nested(8));
    checkFilter(wide(100));
    expect(() => checkFilter(nested(9))).toThrow(expect.objectContaining({ code: 'filter.too-complex' }));
    expect(() => checkFilter(wide(101))).toThrow(expect.objectContaining({ code: 'filter.too-complex' }));
  });

  it.each([
    null,
    { op: 'drop' },
    { op: 'and' },
    { op: 'in', field: 'terms', values: ['x'] },
    { op: 'in', field: "acl'] --", values: [] },
    { op: 'in', field: 'tags', values: [1] },
    { op: 'in', field: 'tags', values: ['\ud800'] },
    { op: 'in', field: 'effectiveTo', values: ['1'] },
    { op: 'prefix', field: 'mediaType', value: 'a' },
    { op: 'lt', field: 'effectiveTo', value: 1.5 },
    { op: 'lt', field: 'effectiveTo', value: '1 OR true' },
    { op: 'lt', field: 'acl', value: 1 },
  ])('refuses %j', (filter) => {
    expect(() => checkFilter(filter as unknown as Filter)).toThrow(expect.objectContaining({ code: 'filter.invalid' }));
  });
});
