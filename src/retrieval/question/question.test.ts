import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkTerms } from '../analyse.ts';
import { DocumentWords, findShortForms } from '../document-words/index.ts';
import { editDistance } from './edit-distance.ts';
import { containsPhrase, phrasesOf } from './phrases.ts';
import { readQuestion } from './read-question.ts';

const FDA = 'The Food and Drug Administration (FDA) regulates medicines. Regulators met. Diabetes is treated.';

function wordsOf(...texts: string[]): DocumentWords {
  const words = new DocumentWords();
  for (const [index, text] of texts.entries()) words.add(`${index}`, [chunkTerms('', text)], findShortForms(text));
  words.complete = true;
  return words;
}

/** The distance by its definition, over all ways. */
function slowDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const ways = [
    slowDistance(a.slice(1), b) + 1,
    slowDistance(a, b.slice(1)) + 1,
    slowDistance(a.slice(1), b.slice(1)) + Number(a[0] !== b[0]),
  ];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0])
    ways.push(slowDistance(a.slice(2), b.slice(2)) + 1);
  return Math.min(...ways);
}

describe('editDistance', () => {
  it('counts a transposition once, and stops at the limit', () => {
    expect(editDistance('recieve', 'receive', 2)).toBe(1);
    expect(editDistance('abcdef', 'ghijkl', 2)).toBe(3);
  });

  it('is what its definition says', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 5)).toBe(slowDistance(a, b));
        expect(editDistance(a, b, 1)).toBe(Math.min(2, slowDistance(a, b)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('findShortForms', () => {
  it.each([
    [FDA, 'FDA', 'Food and Drug Administration'],
    ['the qualified mortgage (QM) rule', 'QM', 'qualified mortgage'],
    ['high-performance liquid chromatography (HPLC)', 'HPLC', 'high-performance liquid chromatography'],
  ])('%s', (text, short, long) => expect(findShortForms(text)).toEqual([{ short, long }]));

  it.each([
    'as shown (Fig. 2)',
    'in Paris (France)',
    'unrelated words here (XYZ)',
    '(FDA) alone',
    'one (ABCDEFGHIJKLM)',
  ])('finds none in: %s', (text) => expect(findShortForms(text)).toEqual([]));
});

describe('readQuestion', () => {
  it('looks for a word that no document has as the nearest one', () => {
    expect(readQuestion('daibetes treatment', wordsOf(FDA)).terms).toContain('diabet');
    expect(readQuestion('diabetes', wordsOf(FDA)).added).toEqual([]);
    const partly = wordsOf(FDA);
    partly.complete = false;
    expect(readQuestion('daibetes', partly).added).toEqual([]);
    expect(readQuestion('qzx ord-1003', wordsOf('ORD-1002')).added).toEqual([]);
  });

  it('prefers the word of most documents among equally near ones', () => {
    const words = wordsOf('the loans', 'the loans', 'the loath');
    expect(readQuestion('loanh', words).terms.at(-1)).toBe('loan');
  });

  it('reads a short form as its long form and the other way round, where the other one is more usual', () => {
    const spelledOut = wordsOf(FDA, 'The Food and Drug Administration met.');
    expect(readQuestion('Who runs the FDA?', spelledOut).terms).toEqual(['run', 'fda', 'food', 'drug', 'administr']);
    expect(readQuestion('food and drug administration', spelledOut).added).toEqual([]);
    const shortened = wordsOf(FDA, 'The FDA met.');
    expect(readQuestion('food and drug administration', shortened).terms).toContain('fda');
    expect(readQuestion('Who runs the FDA?', shortened).added).toEqual([]);
    spelledOut.remove('0');
    expect(readQuestion('Who runs the FDA?', spelledOut).terms).not.toContain('drug');
  });

  it('reads a star as the rest of a word', () => {
    const { terms, added } = readQuestion('regul*', wordsOf('regulates regularity', 'rules'));
    expect(terms).toEqual(expect.arrayContaining(['regul', 'regular']));
    expect(added).toEqual(['regul* as regular']);
    expect(readQuestion('re*', wordsOf('regulates')).added).toEqual([]);
  });

  it('reads phrases, and finds them over stop words and inflection', () => {
    expect(phrasesOf('rules on "notice of termination" and “a”')).toEqual([['notic', 'termin']]);
    expect(containsPhrase('Notices of terminations are written.', ['notic', 'termin'])).toBe(true);
    expect(containsPhrase('Termination needs notice.', ['notic', 'termin'])).toBe(false);
  });

  it('keeps the question’s own terms first, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (question) => {
        const alone = readQuestion(question, null).terms;
        expect(readQuestion(question, wordsOf(FDA)).terms.slice(0, alone.length)).toEqual(alone);
      }),
    );
  });
});

describe('readQuestion over several languages', () => {
  const inGermanAndEnglish = (): DocumentWords => {
    const words = wordsOf(FDA);
    words.add('de', [chunkTerms('', 'Die Häuser der Straßen', 'de')]);
    words.languages = ['en', 'de'];
    return words;
  };

  it('reads it by its own language, and what is left by those of the documents', () => {
    expect(readQuestion('In welchen Straßen stehen die Häuser?', inGermanAndEnglish()).terms).toEqual(
      expect.arrayContaining(['strass', 'haus']),
    );
    const { terms, added } = readQuestion('Häuser', inGermanAndEnglish());
    expect(terms).toContain('haus');
    expect(added.join()).toContain('its words in other languages as haus');
  });

  it('leaves out the function words of its own language in all of them', () => {
    expect(readQuestion('Wer ist in den Häusern?', inGermanAndEnglish()).terms).toEqual(['haus', 'hausern']);
  });

  it('changes nothing where all documents are in one language', () => {
    const words = wordsOf(FDA);
    words.languages = ['en'];
    expect(readQuestion('Which food is regulated?', words).terms).toEqual(
      readQuestion('Which food is regulated?', wordsOf(FDA)).terms,
    );
  });
});
