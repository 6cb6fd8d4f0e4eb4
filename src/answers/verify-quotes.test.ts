import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Citation } from './answer.ts';
import { verifyQuotes } from './verify-quotes.ts';

const source = 'Laptops are replaced after 48 months.';
const text = { versionId: 'v1', source, sourceSha256: hash('sha256', source, 'hex') };

function citation(changes: Partial<Citation> = {}): Citation {
  const base = { documentId: 'd1', versionId: 'v1', version: 1, title: 'Equipment', externalId: 'equipment.md' };
  const valid = { effectiveFrom: '2025-01-01T00:00:00.000Z', effectiveTo: null };
  return { ...base, ...valid, page: null, headingPath: [], start: 0, end: 7, quote: 'Laptops', ...changes };
}

describe('verifyQuotes', () => {
  it('lets quotes pass that are in their source', () => {
    expect(() => verifyQuotes([citation(), citation({ start: 27, end: 29, quote: '48' })], [text])).not.toThrow();
  });

  it.each([
    ['other words', citation({ quote: 'Tablets' })],
    ['another place', citation({ start: 1, end: 8 })],
    ['nothing', citation({ end: 0, quote: '' })],
    ['an unknown version', citation({ versionId: 'v2' })],
  ])('withholds %s', (_, wrong) => {
    expect(() => verifyQuotes([citation(), wrong], [text])).toThrow(
      expect.objectContaining({ code: 'quote.mismatch' }),
    );
  });

  it('withholds quotes of a text that is not the one stored', () => {
    const altered = { ...text, source: source.replace('48', '24') };
    expect(() => verifyQuotes([citation()], [altered])).toThrow(expect.objectContaining({ code: 'quote.mismatch' }));
  });
});
