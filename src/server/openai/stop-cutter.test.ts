import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StopCutter } from './stop-cutter.ts';

const short = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 2, maxLength: 4 }), { maxLength: 3 });

it('shows the text before the first stop text, however it comes in pieces', () => {
  fc.assert(
    fc.property(fc.array(short), stops, (pieces, texts) => {
      const cutter = new StopCutter(texts, null);
      const shown = pieces.map((piece) => cutter.add(piece)).join('') + cutter.end();
      const whole = pieces.join('');
      const ends = texts.map((text) => [whole.indexOf(text), text.length] as const).filter(([place]) => place >= 0);
      const [first] = ends.toSorted(([a, m], [b, n]) => a + m - b - n || a - b);
      expect(shown).toBe(whole.slice(0, first?.[0] ?? whole.length));
      expect(cutter.length).toBe(shown.length);
    }),
  );
});

it('holds back no more than may begin a stop text', () => {
  const cutter = new StopCutter(['END'], null);
  expect(['so E', 'N', 'd.'].map((piece) => cutter.add(piece))).toEqual(['so ', '', 'ENd.']);
});

it('ends behind so many tokens, however they come', () => {
  for (const pieces of [['It is 48 months. It ends.'], ['It is 48', ' months.', ' It ends.']]) {
    const cutter = new StopCutter([], 5);
    expect(pieces.map((piece) => cutter.add(piece)).join('') + cutter.end()).toBe('It is 48 months.');
    expect([cutter.isTooLong, cutter.length]).toEqual([true, 16]);
  }
  const whole = new StopCutter([], 5);
  expect(whole.add('It is 48 months.') + whole.end()).toBe('It is 48 months.');
  expect(whole.isTooLong).toBe(false);
});
