import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentWords } from './document-words.ts';
import { expandTerms } from './expand-terms.ts';
import { weighDocuments } from './weigh-documents.ts';

const term = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const collections = fc.array(fc.array(fc.array(term, { maxLength: 6 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 8,
});

/** BM25 as the textbook has it, over whole documents. */
function textbook(documents: readonly (readonly string[])[], index: number, asked: string): number {
  const holding = documents.filter((words) => words.includes(asked)).length;
  const idf = Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5));
  const mean = Math.max(1, documents.flat().length) / documents.length;
  const own = documents[index] ?? [];
  const count = own.filter((each) => each === asked).length;
  return count === 0 ? 0 : (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * own.length) / mean));
}

describe('the words of documents', () => {
  it('score as BM25 does, whatever was counted in and out', () => {
    fc.assert(
      fc.property(collections, collections, (given, others) => {
        const words = new DocumentWords();
        others.forEach((chunks, index) =>
          words.add(
            `other-${index}`,
            chunks.map((chunk) => chunk.join(' ')),
          ),
        );
        given.forEach((chunks, index) =>
          words.add(
            `${index}`,
            chunks.map((chunk) => chunk.join(' ')),
          ),
        );
        for (const index of others.keys()) words.remove(`other-${index}`);
        const documents = given.map((chunks) => chunks.flat());
        for (const index of given.keys()) {
          for (const asked of ['a', 'e', 'unknown']) {
            const score = words.scores([`${index}`], new Map([[asked, 1]])).get(`${index}`) ?? null;
            expect(score).toBeCloseTo(textbook(documents, index, asked), 9);
          }
        }
        expect([...words.vocabulary()].sort()).toEqual([...new Set(documents.flat())].sort());
      }),
      { numRuns: 200 },
    );
  });

  it('name the terms that stand out as counting them one by one does, the same the second time', () => {
    const says = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(collections, says, fc.integer({ min: 1, max: 4 }), (given, weights, count) => {
        const words = new DocumentWords();
        const documents = given.map((chunks) => chunks.flat());
        for (const [index, terms] of documents.entries()) words.add(`${index}`, [terms.join(' ')]);
        const versions = weights.map((say, index) => ({ versionId: `${index}`, say }));
        const values = new Map<string, number>();
        for (const { versionId, say } of versions) {
          const own = documents[Number(versionId)] ?? [];
          for (const each of new Set(own)) {
            const share = own.filter((other) => other === each).length / own.length;
            values.set(each, (values.get(each) ?? 0) + say * share);
          }
        }
        const expected = [...values].map(([each, value]) => [each, value * words.idf(each)] as const);
        expected.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        expect(words.standingOut(versions, count)).toEqual(expected.slice(0, count));
        expect(words.standingOut(versions, count)).toEqual(expected.slice(0, count));
      }),
      { numRuns: 300 },
    );
  });

  it('forget everything that was taken out', () => {
    const words = new DocumentWords();
    words.add('v', ['secret word', 'word']);
    const full = words.bytes;
    words.remove('v');
    expect([words.size, words.frequencyOf('secret'), [...words.vocabulary()]]).toEqual([0, 0, []]);
    expect(words.bytes).toBeLessThan(full);
    expect(words.scores(['v'], new Map([['word', 1]]))).toEqual(new Map());
  });
});

describe('expandTerms', () => {
  const words = new DocumentWords();
  words.add('dogs', ['dog kennel leash dog', 'dog bark']);
  words.add('cats', ['cat mouse']);
  for (let n = 0; n < 20; n += 1) words.add(`filler-${n}`, ['common words only']);

  it('adds what stands out in the best documents and keeps the weights’ sum', () => {
    const weights = expandTerms(words, ['dog'], { ranked: [{ versionId: 'dogs', score: 2 }], mix: 0.5 });
    expect([...weights.keys()].sort()).toEqual(['bark', 'dog', 'kennel', 'leash']);
    expect([...weights.values()].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
    expect(weights.get('dog')).toBeGreaterThan(0.5);
  });

  it('is the question alone when no document is counted', () => {
    const weights = expandTerms(words, ['dog', 'dog'], { ranked: [{ versionId: 'unknown', score: 2 }], mix: 0.5 });
    expect([...weights]).toEqual([['dog', 1]]);
  });
});

describe('weighDocuments', () => {
  const words = new DocumentWords();
  words.add('about', ['kennel rules', 'dogs leash kennel']);
  words.add('passing', ['kennel', 'tax tax tax income tax']);
  const fused = [
    { id: 'p', score: 1.5 },
    { id: 'a', score: 1.45 },
    { id: 'u', score: 1 },
  ];
  const given = {
    fused,
    wordShares: new Map([
      ['p', 1],
      ['a', 0.9],
    ]),
    versions: new Map([
      ['p', 'passing'],
      ['a', 'about'],
      ['u', 'not counted'],
    ]),
  };

  it('lifts the chunk whose document is about the question, and leaves alone what is not counted', () => {
    const weighing = { weight: 0.5, expansion: 0 };
    const { ranking } = weighDocuments(words, given, { terms: ['kennel', 'leash'], weighing });
    expect(ranking.map(({ id }) => id)).toEqual(['a', 'p', 'u']);
    expect(ranking[0]?.score).toBeCloseTo(1.45 + 0.5 * (1 - 0.9));
    expect(ranking[2]?.score).toBe(1);
  });

  it('keeps the ranking when the question has no word that is known', () => {
    const weighing = { weight: 0.5, expansion: 0 };
    expect(weighDocuments(words, given, { terms: ['zzz'], weighing }).ranking).toEqual(fused);
    expect(weighDocuments(words, given, { terms: [], weighing: { weight: 0.5, expansion: 0.5 } }).ranking).toEqual(
      fused,
    );
  });
});
