import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CitationReader } from './citation-reader.ts';
import { citedSentences } from './cited-sentences.ts';

function read(pieces: readonly string[], passages = 9) {
  const reader = new CitationReader(passages);
  const shown = [...pieces.map((piece) => reader.push(piece)), reader.end()].join('');
  return { shown, reader };
}

describe('CitationReader', () => {
  it('takes marks out and notes where they stood', () => {
    const { shown, reader } = read(['It is 48 mon', 'ths [', '1', '][2, 3]. Array[i] stays.']);
    expect(shown).toBe('It is 48 months. Array[i] stays.');
    expect(reader.marks).toEqual([1, 2, 3].map((passage) => ({ passage, at: 15 })));
  });

  it('refuses a passage that was not given', () => {
    for (const mark of ['[3]', '[0]', '[1, 12]']) {
      expect(() => read([`So it is ${mark}.`], 2)).toThrowError(
        expect.objectContaining({ code: 'citation.unknown-source' }),
      );
    }
  });

  it('reads the same however the reply is cut, and takes nothing back', () => {
    const word = fc.constantFrom('days', ' ', '. ', '[1]', '[2, 3]', ' [4]', '[', ']', '[x]', '\n', '[1', '12 ', ',');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(fc.nat(80), { maxLength: 12 }), (words, cuts) => {
        const text = words.join('');
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, i) => text.slice(places[i], end));
        const [whole, cut] = [read([text], 999), read(pieces, 999)];
        expect(cut.shown).toBe(whole.shown);
        expect(cut.shown).toBe(cut.reader.text);
        expect(cut.reader.marks).toEqual(whole.reader.marks);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('citedSentences', () => {
  it('gives each sentence the marks in it and directly behind it', () => {
    const { reader } = read(['It is 48 months. [1] Phones [2] last 24 months [3]. Nothing else is said.']);
    expect(citedSentences(reader.text, reader.marks)).toEqual([
      { text: 'It is 48 months.', passages: [1] },
      { text: 'Phones last 24 months.', passages: [2, 3] },
      { text: 'Nothing else is said.', passages: [] },
    ]);
  });
});
