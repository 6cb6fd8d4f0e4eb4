import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ClaimSource } from './claim.ts';
import { readJudgement } from './judge/read-judgement.ts';
import { passagesFor } from './passages.ts';
import { verifyClaims } from './verify-claims.ts';

/** Words that the lexicons know, signs that move offsets, and anything. */
const word = fc.oneof(
  fc.constantFrom(
    'laptops',
    'replaced',
    'Halden',
    '48 months',
    '4 years',
    'not',
    'all',
    'unless',
    'on 3 May 2019',
    'EUR 58',
    '12 %',
  ),
  fc.constantFrom('don’t', '“quoted”', '—', '😀', 'e\u0301te\u0301', '。', '\n\n', 'Ünder', 'a.b.'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const text = fc.array(word, { maxLength: 30 }).map((words) => `${words.join(' ')}. `);
const sources = fc
  .array(fc.record({ text: fc.array(text, { maxLength: 6 }).map((all) => all.join('')), context: text }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.map((source, i): ClaimSource => ({ ...source, id: `s${i}` })));
/** What an answer says: anything, or something near to a source. */
const answer = (given: readonly ClaimSource[]) =>
  fc.oneof(
    text,
    fc.nat(given.length - 1).map((i) => given[i]?.text.replaceAll(/\d/g, '7') ?? ''),
  );

it('points at no words outside its sources, and gives a reason for every verdict', async () => {
  await fc.assert(
    fc.asyncProperty(
      sources.chain((given) => fc.tuple(fc.constant(given), answer(given))),
      async ([given, said]) => {
        const verdicts = await verifyClaims(said.replaceAll(/[[\]]/g, ''), given);
        for (const { claim, spans, conflict, reason, score, status } of verdicts) {
          expect(reason).not.toBe('');
          expect(score >= 0 && score <= 1).toBe(true);
          for (const { sourceId, start, end } of spans) {
            const source = given.find(({ id }) => id === sourceId);
            expect(source !== undefined && start >= 0 && start < end && end <= source.text.length).toBe(true);
          }
          if (status === 'contradicted') expect(conflict).not.toBeNull();
          if (conflict === null) continue;
          const source = given.find(({ id }) => id === conflict.source.sourceId);
          expect(source?.text.slice(conflict.source.start, conflict.source.end)).toBe(conflict.source.text);
          expect(claim.text.slice(conflict.claim.start, conflict.claim.end)).toBe(conflict.claim.text);
          expect(reason).toContain(conflict.source.text);
        }
      },
    ),
    { numRuns: 400 },
  );
});

it('shows a reader stretches of the sources only, and takes from it quotes of those only', () => {
  const room = { wholeSource: 60, around: 20, total: 200 };
  fc.assert(
    fc.property(sources, text, fc.nat(200), (given, said, from) => {
      const claim = { text: said, start: 0, end: said.length, sentence: 0, cites: null, isClaim: true };
      const passages = passagesFor({ claim, sources: given }, room);
      expect(passages.reduce((sum, passage) => sum + passage.text.length, 0)).toBeLessThanOrEqual(room.total);
      for (const { sourceId, start, end, text: shown } of passages) {
        expect(given.find(({ id }) => id === sourceId)?.text.slice(start, end)).toBe(shown);
      }
      // From the passage, and from anywhere in its source: there it may stand outside the passage.
      const source = given.find(({ id }) => id === passages[0]?.sourceId)?.text ?? '';
      const words = [passages[0]?.text.slice(3, 15) ?? '', source.slice(from, from + 12)];
      for (const one of words) {
        const reply = { verdict: 'supported' as const, quotes: [{ passage: 1, words: one }], reason: 'so it is' };
        const { status, spans } = readJudgement(reply, passages, given);
        expect(status === 'supported').toBe(spans.length === 1);
        for (const span of spans) {
          expect(span.start >= (passages[0]?.start ?? 0) && span.end <= (passages[0]?.end ?? 0)).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});
