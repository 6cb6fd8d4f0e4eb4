import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordFacts, WordTable } from './word-table.ts';

const WORD = /[^\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

function wordsOf(table: WordTable, text: string): string[] {
  expect(table.split(text)).toBe(true);
  return Array.from({ length: table.count }, (_, index) => table.word(index));
}

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        'ab',
        ' ',
        '\n',
        '\u00a0',
        '\u200b',
        '\u3000',
        '\ufeff',
        '中',
        '😀',
        '\ud83d',
        'x'.repeat(65),
      ),
    )
    .map((parts) => parts.join('')),
);

describe('word table', () => {
  it('takes texts apart at BERT’s spaces, whatever the text', () => {
    const table = new WordTable();
    fc.assert(
      fc.property(texts, (text) => {
        expect(wordsOf(table, text)).toEqual(text.match(WORD) ?? []);
      }),
    );
  });

  it('gives the same word the same number and different words different ones', () => {
    const table = new WordTable();
    const words = new Map<number, string>();
    const check = (text: string): void => {
      wordsOf(table, text).forEach((word, index) => {
        const number = table.numbers[index] as number;
        expect(number < 0).toBe(word.length > 64);
        if (number < 0) return;
        expect(words.get(number) ?? word).toBe(word);
        words.set(number, word);
      });
    };
    fc.assert(fc.property(texts, check), { numRuns: 500 });
    expect(new Set(words.values()).size).toBe(words.size);
    expect(table.generation).toBe(0);
  });

  it('says of every word what the function says, asked once for each word it keeps', () => {
    const table = new WordTable();
    const asked: string[] = [];
    const lengths = new WordFacts(table, (word) => {
      asked.push(word);
      return word.length;
    });
    for (const text of ['one two one', 'two one three', `${'x'.repeat(70)} one`]) {
      expect(wordsOf(table, text).map((_, index) => lengths.of(index))).toEqual(
        text.split(' ').map((word) => word.length),
      );
    }
    expect(asked.map((word) => word[0]).join('')).toBe('ottx');
  });

  it('starts anew when it is full, and answers as before', () => {
    const table = new WordTable();
    const facts = new WordFacts(table, (word) => `=${word}`);
    for (let round = 0; round < 40; round += 1) {
      const words = Array.from({ length: 10_000 }, (_, index) => `${round % 20}.${index}`);
      expect(table.split(words.slice(0, 8_000).join(' '))).toBe(true);
      for (const index of [0, 1, 4_000, 7_999]) expect(facts.of(index)).toBe(`=${words[index]}`);
    }
    expect(table.generation).toBeGreaterThanOrEqual(2);
  });

  it('leaves texts that are too long alone', () => {
    expect(new WordTable().split('a'.repeat(64 * 1024))).toBe(true);
    expect(new WordTable().split('a'.repeat(64 * 1024 + 1))).toBe(false);
  });
});
