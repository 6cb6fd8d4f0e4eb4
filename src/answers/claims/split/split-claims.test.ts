import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitClaims } from './split-claims.ts';

describe('splitClaims', () => {
  it('takes joined clauses apart and keeps their citations', () => {
    const text = 'The rate is EUR 58, and the limit is EUR 400 for a week [1, doc-2]. Ask early.';
    const claims = splitClaims(text);
    expect(claims.map(({ text: own, sentence, cites }) => [own.trim(), sentence, cites])).toEqual([
      ['The rate is EUR 58', 0, ['1', 'doc-2']],
      ['the limit is EUR 400 for a week           .', 0, ['1', 'doc-2']],
      ['Ask early.', 1, null],
    ]);
  });

  it('gives a mark after the full stop to the sentence before it', () => {
    expect(splitClaims('The rate is EUR 58.\n\n[3]\n\nAsk early.').map(({ cites }) => cites)).toEqual([['3'], null]);
  });

  it('points at the words of the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        for (const { start, end, text: own } of splitClaims(text)) {
          expect(start).toBeLessThanOrEqual(end);
          expect(own).toHaveLength(end - start);
        }
      }),
    );
  });
});
