import { describe, expect, it } from 'vitest';
import { coveredNumbers } from './number-ranges.ts';

describe('coveredNumbers', () => {
  it.each([
    ['aged 45', '40 to 49 | 9 percent', ['45']],
    ['aged 50', '40 to 49 | 9 percent', []],
    ['an order of 40,000 euros', 'EUR 10,000 to 75,000 | Chief Financial Officer', ['40000']],
    ['a G5 employee', 'G4 to G6 | 3 months', ['g5']],
    ['a G5 employee', '4 to 6 | 3 months', []],
    ['5 people', 'G4 to G6 | 3 months', []],
    ['my 12-year-old', 'Children under 14 may come', ['12']],
    ['someone aged 70', '60 and over | 12 percent', ['70']],
    ['worth 30 euros', 'up to EUR 50', ['30']],
    ['worth 60 euros', 'up to EUR 50', []],
  ])('%s in "%s" → %j', (question, text, terms) => {
    expect([...coveredNumbers(question, text)]).toEqual(terms);
  });
});
