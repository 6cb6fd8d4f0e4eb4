import { expect, test } from 'vitest';
import { type Counts, countMatches } from './count-matches.ts';

test('pairs one to one, same kind, half of the union at least', () => {
  const counts = new Map<string, Counts>();
  const labelled = [
    { start: 0, end: 10, type: 'person' },
    { start: 20, end: 30, type: 'person' },
    { start: 40, end: 50, type: 'location' },
  ];
  const found = [
    { start: 0, end: 5, type: 'person' },
    { start: 5, end: 10, type: 'person' },
    { start: 26, end: 30, type: 'person' },
    { start: 40, end: 50, type: 'organisation' },
  ];
  countMatches(counts, found, labelled);
  expect(Object.fromEntries(counts)).toEqual({
    person: { right: 1, wrong: 2, missed: 1 },
    organisation: { right: 0, wrong: 1, missed: 0 },
    location: { right: 0, wrong: 0, missed: 1 },
  });
});
