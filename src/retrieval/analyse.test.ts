import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, chunkTerms } from './analyse.ts';

/** Scripts, marks, numbers and joiners that are treated in ways of their own. */
const AWKWARD =
  'e\u0301 é İ ΟΔΟΣ Σ ¨ ﬁ ½ ５ 東京 ー 한국 ไทย लड़कियाँ ’ – . , ( ) 2 (a) 43(2) 7 % 1,250 ％ per cent PER The ' +
  `rents company's ORD-1002 Häuser n’était años \ud83d 😀 _ @ ${'x'.repeat(65)}`;

describe('analyse', () => {
  it.each([
    ['The tenants were paying rents', 'tenant pay rent'],
    ["The company's policy doesn't apply", 'compani polici appli'],
    ['The company’s café, naïve Łódź', 'compani cafe naiv lodz'],
    ['ORD-1002', 'ord 1002 ord1002'],
    ['IL-6 and foo_bar2', 'il 6 il6 foo bar2 foobar2'],
    ['well-known', 'well known'],
    ['43.5 43% 1,250.5 1,000', '43.5 43 1250.5 1000 43%'],
    ['43 % or 1,250.5 per cent', '43 1250.5 per cent 43% 1250.5%'],
    ['s. 43(2)(a) and 12.3(b)', 's 43 2 12.3 b 43(2) 43(2)(a) 12.3(b)'],
    ['f(x) (2)(a) x43(2)', 'f x 2 x43 2'],
    ['2024-05-01', '2024 05 01 20240501'],
    ['ＡＢＣ ﬁle', 'abc file'],
    ['東京都の株式', '東京 京都 都の の株 株式'],
    ['ABC-3株式', 'abc 3 abc3 株式'],
    ['안녕하세요', '안녕 녕하 하세 세요'],
    ['to be or not to be', ''],
    [`data ${'x'.repeat(65)}`, 'data'],
  ])('%s', (text, terms) => {
    expect(analyse(text).join(' ')).toBe(terms);
  });

  it('reads other languages by their own rules, and unknown ones plainly', () => {
    expect(analyse('Die Häuser über den Straßen', 'de')).toEqual(['haus', 'strass']);
    expect(analyse("L'entreprise n'était pas résumée", 'fr')).toEqual(['entrepris', 'resum']);
    expect(analyse('las canciones', 'es-MX')).toEqual(['cancion']);
    expect(analyse('कर्मचारियों की छुट्टियाँ', 'hi')).toEqual(analyse('कर्मचारी छुट्टी', 'hi'));
    expect(analyse('यह है', 'hi')).toEqual([]);
    expect(analyse('the houses', 'xx')).toEqual(['the', 'houses']);
  });

  it('gives terms without whitespace, the same every time, whatever the case and Unicode form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const terms = analyse(text);
        expect(terms.every((term) => term !== '' && !/\s/u.test(term))).toBe(true);
        expect(analyse(text)).toEqual(terms);
        expect(analyse(text.normalize('NFD'))).toEqual(analyse(text.normalize('NFC')));
      }),
    );
  });

  it('counts the words of a header twice', () => {
    expect(chunkTerms('Leave policy', 'Twenty days')).toBe('leav polici leav polici twenti day');
  });

  it('gives the terms of the text, whatever its language and its words', () => {
    const awkward = fc.constantFrom(
      ' ',
      '\n',
      '\t',
      '\v',
      '\u00a0',
      '\u2003',
      '\u3000',
      '\u0301',
      ...AWKWARD.split(' '),
    );
    const text = fc.oneof(
      fc.array(awkward, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    const language = fc.constantFrom('en', 'de', 'fr', 'es', 'hi', 'xx');
    fc.assert(
      fc.property(text, language, (given, code) => {
        expect(chunkTerms('', given, code)).toBe(analyse(given, code).join(' '));
      }),
      { numRuns: 3_000 },
    );
  });
});
