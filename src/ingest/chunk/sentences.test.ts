import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from './sentences.ts';

const split = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it.each([
    ['It costs 3.50 euros. Pay now.', ['It costs 3.50 euros.', 'Pay now.']],
    ['Dr. Smith and Mr. J. R. Brown agreed. They left.', ['Dr. Smith and Mr. J. R. Brown agreed.', 'They left.']],
    ['See e.g. section 4.2 of the rules. It applies.', ['See e.g. section 4.2 of the rules.', 'It applies.']],
    ['Really?! “Yes.” He went.', ['Really?!', '“Yes.”', 'He went.']],
    ['Apples, pears, etc. Then more. No. 5 is here.', ['Apples, pears, etc.', 'Then more.', 'No. 5 is here.']],
    ['We open at 9 a.m. on Mondays.', ['We open at 9 a.m. on Mondays.']],
    ['Wrapped prose goes\non in the next line. And ends.', ['Wrapped prose goes\non in the next line.', 'And ends.']],
    ['Heading\n\nText below.', ['Heading', 'Text below.']],
    ['- one\n- two\n1. three\n2. four', ['- one', '- two', '1. three', '2. four']],
    ['a | b\n1 | 2', ['a | b', '1 | 2']],
    [
      'Room type: Single; Beds: one of 100 cm; High season: EUR 109\nRoom type: Double; Beds: one of 160 cm',
      ['Room type: Single; Beds: one of 100 cm; High season: EUR 109', 'Room type: Double; Beds: one of 160 cm'],
    ],
    [
      'Job title: keeper of the northern collections and archives\nJob title: porter',
      ['Job title: keeper of the northern collections and archives', 'Job title: porter'],
    ],
    [
      'Price (excl. VAT): 40 francs a box of twelve; Kept in: hall two\nPrice (excl. VAT): 60 francs a box of twelve; Kept in: hall one',
      [
        'Price (excl. VAT): 40 francs a box of twelve; Kept in: hall two',
        'Price (excl. VAT): 60 francs a box of twelve; Kept in: hall one',
      ],
    ],
    [
      'We say what the visitors of the museum most often ask of\nthe people at the desk: when it opens.',
      ['We say what the visitors of the museum most often ask of\nthe people at the desk: when it opens.'],
    ],
    ['Visit www.example.com. Or call.', ['Visit www.example.com.', 'Or call.']],
    ['これは文です。次の文です。', ['これは文です。', '次の文です。']],
    ['Wait… what? Fine', ['Wait… what?', 'Fine']],
    ['', []],
  ])('of %j', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('hold every character that is not white space exactly once, in order', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '.',
      '!',
      '…',
      ' ',
      '\n',
      '|',
      '1',
      'Mr',
      '"',
      ')',
      '。',
      '\t',
      '😀',
      '-',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const spans = splitSentences(text);
        let at = 0;
        for (const { start, end } of spans) {
          expect(text.slice(at, start).trim()).toBe('');
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });
});
