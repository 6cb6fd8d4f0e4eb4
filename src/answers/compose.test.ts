import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, nearest, standings } from './compose.ts';
import { buildPassage } from './evidence/build-passage.ts';
import { candidateSentences } from './extractive/candidate-sentences.ts';
import { readQuestion, scoreByWords } from './extractive/score-sentences.ts';
import { verifyQuotes } from './verify-quotes.ts';
import type { Passage } from './evidence/passage.ts';

function everything(passages: readonly Passage[]) {
  const sentences = candidateSentences(passages);
  return compose(scoreByWords(readQuestion('rate', ['rate'], sentences), sentences));
}

describe('compose', () => {
  it('tells a row with its columns and cites both', () => {
    const source = 'Notice\n\nGrade | Notice\nG1 to G4 | 1 month\nG5 to G7 | 3 months';
    const composition = everything([buildPassage({ source })]);
    expect(composition.sentences.map((each) => [each.text, each.citations])).toEqual([
      ['Grade: G1 to G4; Notice: 1 month', [0, 1]],
      ['Grade: G5 to G7; Notice: 3 months', [2, 1]],
    ]);
    expect(composition.citations.map((each) => each.quote)).toEqual([
      'G1 to G4 | 1 month',
      'Grade | Notice',
      'G5 to G7 | 3 months',
    ]);
    expect(composition.text).toBe('Grade: G1 to G4; Notice: 1 month. Grade: G5 to G7; Notice: 3 months.');
  });

  it('names the page and the nearest heading of a quote', () => {
    const source = 'Rates\n\nThe first rate is EUR 58.\n\nAbroad\n\nThe second rate is EUR 71.';
    const passage = buildPassage({ source, headingPath: ['Rates'], pageStarts: [0, source.indexOf('Abroad')] });
    expect(everything([passage]).citations.map(({ page, headingPath }) => ({ page, headingPath }))).toEqual([
      { page: 1, headingPath: ['Rates'] },
      { page: 2, headingPath: ['Rates', 'Abroad'] },
    ]);
  });

  it('cites only what is in the canonical text, whatever the text', () => {
    const block = fc.oneof(
      fc.lorem({ mode: 'sentences', maxCount: 3 }),
      fc.constantFrom(
        'A | B\n1 | 2\nx | y',
        'name: a; size: 2; name: b; size: 3',
        'A heading',
        '- one\n- two',
        'It is 😀.',
        'Two  spaces and a line\nthat wraps are kept.',
      ),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
    );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (blocks, a, b) => {
        const source = blocks.join('\n\n');
        const [start, end] = [a % (source.length + 1), b % (source.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const passages = [buildPassage({ source, start, end }), buildPassage({ source })];
        const { citations, sentences } = everything(passages);
        verifyQuotes(
          [
            ...citations,
            ...nearest(
              passages.filter((each) => each.text !== ''),
              3,
            ),
          ],
          passages,
        );
        expect(sentences.every((each) => each.citations.every((i) => citations[i] !== undefined))).toBe(true);
      }),
    );
  });
});

describe('standings', () => {
  it('marks the passages that an answer quotes', () => {
    const used = buildPassage({ source: 'The rate is EUR 58.' });
    const unused = buildPassage({ source: 'Something else entirely.' });
    const { citations } = everything([used]);
    expect(standings([used, unused], citations).map((each) => each.used)).toEqual([true, false]);
  });
});
