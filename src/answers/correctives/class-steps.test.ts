import { describe, expect, it } from 'vitest';
import { analyse } from '../../retrieval/index.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from '../extractive/candidate-sentences.ts';
import { readQuestion } from '../extractive/score-sentences.ts';
import { classSteps } from './class-steps.ts';

/** Questions that a source leads to, by class. */
function stepsOf(text: string, source: string, headingPath: readonly string[] = []): [string, string][] {
  const sentences = candidateSentences([buildPassage({ source, headingPath })]);
  const asked = readQuestion(text, analyse(text), sentences);
  return classSteps(asked, sentences).map(({ className, question }) => [className, question]);
}

const ZONES = 'Zone 1 is the mainland. Zone 2 is Malta, Cyprus and the Isle of Man. Parcels are weighed by us.';

describe('classSteps', () => {
  it('puts the class of a thing in its place', () => {
    expect(stepsOf('What does a parcel to Malta cost?', ZONES)).toEqual([
      ['zone 2', 'What does a parcel to zone 2 cost?'],
    ]);
  });

  it('takes words that belong together, and no article before them', () => {
    const source = 'Class II animals are giant snakes and monitors. Class I animals are hamsters.';
    expect(stepsOf('How much is the licence for a giant snake?', source)).toEqual([
      ['class II', 'How much is the licence for class II?'],
    ]);
  });

  it('reads it from a row of a table and from what stands above a list', () => {
    const table = 'Country | Zone\nMalta | 2\nNorway | 3';
    expect(stepsOf('How long does a letter to Norway take?', table)).toEqual([
      ['zone 3', 'How long does a letter to zone 3 take?'],
    ]);
    expect(stepsOf('How long does a letter to Norway take?', 'Norway, Iceland and Chile.', ['Zone 3'])).toEqual([
      ['zone 3', 'How long does a letter to zone 3 take?'],
    ]);
  });

  it('sees none where the question speaks of the class, turns on something else, or the sentence names several', () => {
    expect(stepsOf('Which zone is Malta in?', ZONES)).toEqual([]);
    expect(stepsOf('Who weighs the parcels?', ZONES)).toEqual([]);
    expect(stepsOf('What does a parcel to Malta cost?', 'From zone 1 to zone 2, as to Malta, it is EUR 9.')).toEqual(
      [],
    );
  });
});
