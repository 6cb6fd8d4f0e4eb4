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
    const source = 'Class II: giant snakes and monitors. Class I: hamsters.';
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

  it('reads it where one word tells more of the sort', () => {
    expect(stepsOf('What does a parcel to Malta cost?', 'Malta and Chile are in tariff zone 2.')).toHaveLength(1);
  });

  it('reads a name whole', () => {
    expect(stepsOf('What does a parcel to the Isle of Man cost?', ZONES)).toEqual([
      ['zone 2', 'What does a parcel to zone 2 cost?'],
    ]);
    expect(stepsOf('What does a parcel to Northern Ireland cost?', 'Zone 2 is Ireland and Malta.')).toEqual([]);
    expect(stepsOf('What does a parcel to Papua New Guinea cost?', 'Zone 2 is Ghana and Guinea.')).toEqual([]);
    expect(stepsOf('What does a parcel to Malta cost?', 'Films and Malta are in zone 2.')).toHaveLength(1);
  });

  it('sees none where the question speaks of the class or turns on something else', () => {
    expect(stepsOf('Which zone is Malta in?', ZONES)).toEqual([]);
    expect(stepsOf('Who weighs the parcels?', ZONES)).toEqual([]);
  });

  it.each([
    ['What does a parcel to Malta cost?', 'Malta is no longer in zone 2.'],
    ['What does a parcel to Malta cost?', 'Malta is in no zone 2.'],
    ['What does a parcel to Malta cost?', 'Unlike Malta, zone 2 needs no form.'],
    ['What does a parcel to Malta cost?', 'From zone 1 to zone 2, as to Malta, it is EUR 9.'],
    ['What does a parcel to Malta cost?', 'A parcel to zone 2 costs EUR 9.'],
    ['What does a parcel to Malta cost?', 'Zone 2 is closed in Malta.'],
    ['How heavy may a parcel be?', 'Parcels to zone 4 are sent by sea.'],
    ['How is insulin stored?', 'Type 2 diabetes is treated with insulin and diet.'],
    ['What colour is the kitchen?', 'Room | Area\nKitchen | 20 m²\nBath | 8 m²'],
  ])('sees none for %j in %j, which puts nothing into a class', (question, source) => {
    expect(stepsOf(question, source)).toEqual([]);
  });

  it('sees none where a thing is put into two classes, or two things into one sort', () => {
    expect(stepsOf('What does a parcel to Malta cost?', 'Zone 2 is Malta. Zone 3 is Malta and Chile.')).toEqual([]);
    expect(stepsOf('What is a parcel from Malta to Chile?', 'Zone 2 is Malta. Zone 3 is Norway and Chile.')).toEqual(
      [],
    );
  });

  it('sees none below a heading that a sentence only stands under', () => {
    const office = 'The Munich office has ten desks.';
    expect(stepsOf('When does the Munich office open?', office, ['Priority 1'])).toEqual([]);
  });
});
