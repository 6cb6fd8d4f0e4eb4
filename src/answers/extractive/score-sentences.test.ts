import { describe, expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { readQuestion, scoreByMeaning, scoreByWords, shareOf } from './score-sentences.ts';

function byWords(question: string, terms: readonly string[], source: string) {
  const sentences = candidateSentences([buildPassage({ source })]);
  const asked = readQuestion(question, terms, sentences);
  return { asked, ranked: scoreByWords(asked, sentences) };
}

describe('scoreByWords', () => {
  it('puts the sentence first that names what is asked', () => {
    const { ranked } = byWords('pension', ['pension'], 'The canteen opens at noon. The pension is generous.');
    expect(ranked[0]?.sentence.text).toBe('The pension is generous.');
    expect(ranked.map((each) => each.coverage)).toEqual([1, 0]);
  });

  it('prefers a sentence that holds the kind of thing asked for', () => {
    const source = 'The pension is paid by the company. The pension is EUR 90 a month.';
    expect(byWords('How much is the pension?', ['pension'], source).ranked[0]?.sentence.text).toContain('EUR 90');
  });

  it('counts a number as named when a range covers it, and a label less than the sentence', () => {
    const source = 'Pension\n\nAge | Rate\n30 to 39 | 7 percent\n40 to 49 | 9 percent';
    const { ranked } = byWords('pension at 45', ['pension', '45'], source);
    expect(ranked[0]?.sentence.text).toBe('40 to 49 | 9 percent');
    expect([...(ranked[0]?.named ?? [])]).toEqual(['45']);
    expect(ranked[0]?.contextCoverage).toBeGreaterThan(0);
  });

  it('weighs rare terms more', () => {
    const { asked } = byWords(
      'leave dentist',
      ['leav', 'dentist'],
      'Leave is long. Leave is paid. The dentist is free.',
    );
    expect(shareOf(asked, ['dentist'])).toBeGreaterThan(shareOf(asked, ['leav']));
  });
});

describe('scoreByMeaning', () => {
  it('lets meaning decide between equal words', () => {
    const { ranked } = byWords('rate', ['rate'], 'The rate is low today. The rate is high today.');
    const vectors = ranked.map((each) => new Float32Array(each.sentence.text.includes('high') ? [1, 0] : [0, 1]));
    const [best] = scoreByMeaning(ranked, new Float32Array([1, 0]), vectors);
    expect(best).toMatchObject({ cosine: 1, sentence: { text: 'The rate is high today.' } });
  });
});
