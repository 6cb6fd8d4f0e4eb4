import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultModel } from '../default-model.ts';
import { type LoadedTokenizer, loadTokenizer } from './load-tokenizer.ts';
import { wordsAreIndependent } from './split-words.ts';
import { createTextEncoder } from './text-encoder.ts';
import { createTokenCounter, tokenCounterOf } from './token-counter.ts';
import { WordMemo } from './word-memo.ts';

const loaded = loadTokenizer(defaultModel.folder);
const counter = tokenCounterOf(loaded);
const library = (text: string): number[] => loaded.library.encode(text, { add_special_tokens: false }).ids;
const parity = JSON.parse(readFileSync(join(defaultModel.folder, 'parity.json'), 'utf8')) as {
  text: string;
  ids: number[];
}[];

/** Every kind of character the normaliser, the pre-tokeniser or the splitter treats differently. */
const awkward = fc.constantFrom(
  ' ',
  '\t',
  '\n',
  '\r',
  '\v',
  '\f',
  '\u00a0',
  '\u0085',
  '\u1680',
  '\u2003',
  '\u2028',
  '\u200b',
  '\u200d',
  '\u3000',
  '\ufeff',
  '\ufffd',
  '\0',
  '\u0301',
  '\u0327',
  '\u0345',
  '\u1ab0',
  'é',
  'É',
  'İ',
  'ß',
  'Σ',
  'ΟΣ',
  'ς',
  'ſ',
  '́',
  '中',
  '文',
  '\u{20000}',
  '\ufa0e',
  'ひ',
  '한',
  '👩‍👩‍👧',
  '😀',
  '\ud83d',
  '\ude00',
  '¼',
  '№',
  '—',
  '…',
  '_',
  '$',
  "'",
  '[CLS]',
  '[SEP',
  ']',
  '[UNK]',
  '[unk]',
  '[PAD]',
  '##',
  'x'.repeat(101),
  'x'.repeat(100),
  'straße',
  '3.14',
  'a',
  'B',
);
const text = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.oneof(awkward, fc.lorem({ maxCount: 2 })), { maxLength: 30 }).map((x) => x.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }) },
);

describe('token counter', () => {
  it('counts like the library, whatever the text', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(counter.count(given)).toBe(library(given).length);
      }),
      { numRuns: 3000, examples: parity.map((one) => [one.text]) },
    );
  });

  it('counts the stretches of a text as it counts their slices, also where they cut words', () => {
    const place = fc.nat({ max: 80 });
    fc.assert(
      fc.property(text, fc.array(fc.tuple(place, place), { maxLength: 8 }), (given, places) => {
        const within = counter.within?.(given);
        for (const [one, other] of places) {
          const [start, end] = [Math.min(one, other, given.length), Math.min(Math.max(one, other), given.length)];
          expect(within?.(start, end)).toBe(counter.count(given.slice(start, end)));
        }
      }),
      { numRuns: 1_000 },
    );
    const long = 'rent '.repeat(20_000);
    expect(counter.within?.(long)(50_000, 99_999)).toBe(10_000);
  });

  it('counts long texts as short ones', () => {
    const words = Array.from({ length: 20_000 }, (_, index) => `No. ${index}: rent_${index % 977},`).join(' ');
    const half = words.lastIndexOf(' ', 60_000);
    const parts = words.match(/.{1,5000}(?: |$)/g) ?? [];
    expect(counter.count(words)).toBe(parts.reduce((sum, part) => sum + counter.count(part), 0));
    expect(counter.count(words.slice(0, half))).toBe(library(words.slice(0, half)).length);
  });

  it('counts nothing in nothing', () => {
    expect(counter.count('')).toBe(0);
    expect(counter.count(' \n ')).toBe(0);
  });

  it('counts the words of a text one by one as it counts the text', () => {
    expect(['The', 'tenant', 'pays.'].map((word) => counter.count(word))).toEqual([1, 1, 2]);
    expect(counter.count('The tenant pays.')).toBe(4);
  });

  it('asks the library for the whole text when words depend on their neighbours', () => {
    const odd: LoadedTokenizer = {
      ...loaded,
      definition: { ...loaded.definition, pre_tokenizer: { type: 'Metaspace' } },
    };
    expect(wordsAreIndependent(odd)).toBe(false);
    const asked: string[] = [];
    const spy = { encode: (one: string) => ({ ids: [asked.push(one)] }) };
    tokenCounterOf({ ...odd, library: spy }).count('two words');
    expect(asked).toEqual(['two words']);
  });

  it('refuses a folder without tokenizer.json', () => {
    expect(() => createTokenCounter('/nowhere')).toThrow(/tokenizer\.json is missing/);
  });
});

describe('text encoder', () => {
  const encoder = createTextEncoder(defaultModel.folder, defaultModel.maxTokens);

  it('makes the ids of the reference implementation', () => {
    for (const one of parity) expect(encoder.encode(one.text)).toEqual(one.ids);
  });

  it('makes the ids of the library, cut before the last special token', () => {
    const small = createTextEncoder(defaultModel.folder, 12);
    fc.assert(
      fc.property(text, (given) => {
        expect(small.encode(given)).toEqual([101, ...library(given).slice(0, 10), 102]);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not read on once the window is full', () => {
    const long = 'word '.repeat(4_000_000);
    const started = performance.now();
    expect(encoder.encode(long)).toHaveLength(256);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('word memo', () => {
  it('never keeps more than its capacity and never answers wrongly', () => {
    const words = fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 8 }), (given, capacity) => {
        const memo = new WordMemo((word) => word.length, capacity);
        for (const word of given) expect(memo.get(word)).toBe(word.length);
        expect(memo.size).toBeLessThanOrEqual(capacity);
      }),
    );
  });

  it('asks once for a word in use', () => {
    let asked = 0;
    const memo = new WordMemo(() => ++asked, 4);
    for (const word of ['a', 'b', 'a', 'c', 'a', 'd', 'a', 'e', 'a']) memo.get(word);
    expect(asked).toBe(5);
  });
});
