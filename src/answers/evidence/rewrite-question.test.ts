import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REWRITE_KINDS } from '../../prompts/index.ts';
import { readRewordings } from './rewrite-question.ts';

describe('readRewordings', () => {
  it('takes what is new, of each kind that was asked for', () => {
    const said = {
      variants: ['How long is the notice?', 'how long  is the NOTICE', '??', 'a fourth'],
      parts: ['Notice period', 'notice  period!'],
      general: 'How do contracts end?',
      passage: 'A contract ends\n\nafter a notice period.',
      other: 'not asked for',
    };
    expect(readRewordings('Notice, how long?', REWRITE_KINDS, said)).toEqual([
      { kind: 'variants', text: 'How long is the notice?' },
      { kind: 'parts', text: 'Notice period' },
      { kind: 'general', text: 'How do contracts end?' },
      { kind: 'passage', text: 'A contract ends after a notice period.' },
    ]);
    expect(readRewordings('How long is the notice', ['variants'], said)).toEqual([]);
  });

  it('is bounded and never throws, whatever a model says', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.constantFrom(...REWRITE_KINDS), fc.anything()), (question, said) => {
        const rewordings = readRewordings(question, REWRITE_KINDS, said);
        expect(rewordings.length).toBeLessThanOrEqual(6);
        for (const { text } of rewordings) expect(text.length).toBeLessThanOrEqual(800);
        expect(new Set(rewordings.map(({ text }) => text)).size).toBe(rewordings.length);
      }),
    );
  });
});
