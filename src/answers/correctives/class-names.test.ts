import { describe, expect, it } from 'vitest';
import { classesIn, isSameClass } from './class-names.ts';

describe('classesIn', () => {
  it.each([
    ['City group B is Amsterdam, Bergen and Munich.', ['group B']],
    ['Zone: 2; Price: EUR 4', ['zone 2']],
    ['Grade: G4 to G5; Group A: EUR 205; Group B: EUR 164', ['group A', 'group B']],
    ['Zones 1 to 3 and 7', ['zone 1', 'zone 2', 'zone 3', 'zone 7']],
    ['Category A–C', ['category A', 'category B', 'category C']],
    ['Tier 1, 2 or 4 apply.', ['tier 1', 'tier 2', 'tier 4']],
    ['Class II animals are snakes.', ['class II']],
    ['Zur Preisgruppe C gehört Berlin.', ['preisgruppe C']],
    ['La zone 2 comprend la Corse.', ['zone 2']],
    ['La categoría B incluye las motos.', ['categoría B']],
    ['An area of 51.5 m, a level 100 m above, a list of 12', []],
    ['The zone 1.5 km around the plant', []],
    ['Groups meet on Monday.', []],
  ])('of %j are %j', (text, names) => {
    expect([...classesIn(text)]).toEqual(names);
  });
});

it('a class may be called by a shorter name of its sort', () => {
  expect(isSameClass('preisgruppe C', 'gruppe C')).toBe(true);
  expect(isSameClass('zone 2', 'zone 1')).toBe(false);
  expect(isSameClass('zone 2', 'class 2')).toBe(false);
});
