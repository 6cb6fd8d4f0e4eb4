import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { names, subjectsOf } from './subjects.ts';

let made = 0;

function named(title: string, externalId = `${made}.md`, headingPath: string[] = []) {
  return { documentId: `d${made++}`, title, externalId, headingPath };
}

describe('subjectsOf', () => {
  it.each([
    ['Oslo office guide', 'Paris office guide', ['Oslo', 'Paris']],
    ['Opening hours in Oslo', 'Opening hours in New York', ['Oslo', 'New York']],
    ['Estuary sonde: data sheet', 'Sluice gateway: data sheet', ['Estuary sonde', 'Sluice gateway']],
    ['Leave of employees', 'Leave of contractors', ['employees', 'contractors']],
    // Two texts about one thing, or in time.
    ['Equipment policy', 'IT onboarding guide', null],
    ['Expense policy', 'Expense guide', null],
    ['Leave policy 2024', 'Leave policy 2025', null],
    ['Old leave rules', 'Leave rules', null],
    ['Leave from March', 'Leave from April', null],
    ['Oslo', 'Paris', null],
    ['Oslo office guide', 'Oslo offices guide', null],
    ['Oslo office guide', 'Oslo office guide', null],
  ])('%s and %s: %j', (a, b, subjects) => {
    expect(subjectsOf(named(a), named(b))).toEqual(subjects);
  });

  it('reads parallel folders and parallel headings, not others', () => {
    expect(subjectsOf(named('Guide', 'sites/oslo/a.md'), named('Guide', 'sites/paris/b.md'))).toEqual([
      'oslo',
      'paris',
    ]);
    expect(subjectsOf(named('Guide', 'sites/2024/a.md'), named('Guide', 'sites/2025/a.md'))).toBeNull();
    expect(subjectsOf(named('Guide', 'archive/a.md'), named('Guide', 'sites/a.md'))).toBeNull();
    const one = named('Offices', 'offices.md', ['Offices', 'Oslo']);
    expect(subjectsOf(one, { ...one, headingPath: ['Offices', 'Paris'] })).toEqual(['Oslo', 'Paris']);
    expect(subjectsOf(one, { ...one, headingPath: ['Canteen', 'Paris'] })).toBeNull();
    expect(subjectsOf(one, one)).toBeNull();
  });

  it('is the same from either side', () => {
    const word = fc.constantFrom('Oslo', 'Paris', 'office', 'guide', 'policy', '2024', 'of', 'leave', 'sonde');
    const title = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(title, title, (a, b) => {
        const there = subjectsOf(named(a), named(b));
        const back = subjectsOf(named(b), named(a));
        expect(back).toEqual(there === null ? null : there.toReversed());
      }),
    );
  });
});

it('tells whether a question names a subject', () => {
  expect(names('When does the Oslo office open?', 'Oslo')).toBe(true);
  expect(names('How long is the warranty on sondes?', 'Estuary sonde')).toBe(true);
  expect(names('When does the office open?', 'Oslo')).toBe(false);
});
