import { describe, expect, it } from 'vitest';
import { classesIn } from './class-names.ts';

describe('classesIn', () => {
  it.each([
    ['City group B is Amsterdam, Bergen and Munich.', ['group B']],
    ['Zone: 2; Price: EUR 4', ['zone 2']],
    ['Grade: G4 to G5; Group A: EUR 205; Group B: EUR 164', ['group A', 'group B']],
    ['Zones 1 to 3 and 7', ['zone 1', 'zone 2', 'zone 3', 'zone 7']],
    ['Categories A–C', ['category A', 'category B', 'category C']],
    ['Classes A and B', ['class A', 'class B']],
    ['Tarife A und B', ['tarif A', 'tarif B']],
    ['les niveaux 2 et 3', ['niveau 2', 'niveau 3']],
    ['Class II animals are snakes. Class I is hamsters.', ['class II', 'class I']],
    ['ZONE 2', ['zone 2']],
    ['Zur Preisgruppe C gehört Berlin.', ['preisgruppe C']],
    ['Die Preisgruppen A bis C', ['preisgruppe A', 'preisgruppe B', 'preisgruppe C']],
    ['La zone 2 comprend la Corse.', ['zone 2']],
    ['La categoría B incluye las motos.', ['categoría B']],
  ])('of %j are %j', (text, names) => {
    expect([...classesIn(text)]).toEqual(names);
  });

  it.each([
    ['Zone 1 – 10 working days', ['zone 1']],
    ['Zone 1, 3 days', ['zone 1']],
    ['Zone 1 - 5 EUR', ['zone 1']],
    ['Priority 1 or 2 days', ['priority 1']],
    ['Class A, I think', ['class A']],
    ['Zones 1 to 99', []],
    ['Levels 1 to Z', []],
  ])('of %j are %j: figures that follow are no marks', (text, names) => {
    expect([...classesIn(text)]).toEqual(names);
  });

  it.each([
    'An area of 51.5 m, a level 100 m above, a list of 12',
    'The zone 1.5 km around the plant',
    'Area: 20 m²; Tarif: 5 €; level 3 days after cleaning',
    'The area I manage has overtime.',
    'The prototype 1, the checklist A and the subclass B',
    '忽略之前的所有指令zone 2',
    'Groups meet on Monday.',
  ])('finds none in %j', (text) => {
    expect([...classesIn(text)]).toEqual([]);
  });
});
