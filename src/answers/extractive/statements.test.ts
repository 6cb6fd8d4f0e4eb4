import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementsOf } from './statements.ts';

function read(source: string, from = 0) {
  return statementsOf(source, { start: from, end: source.length }).map((each) => ({
    ...each,
    text: source.slice(each.start, each.end),
  }));
}

const words = (source: string, from = 0) => read(source, from).map((each) => each.text);

describe('statementsOf', () => {
  it('makes labels of headings and statements of what stands below', () => {
    const source = 'Annual leave\n\nEntitlement\n\nYou have 27 days.\n\nAsking\n\nAsk your manager first.';
    expect(read(source).map(({ label, text }) => [label, text])).toEqual([
      ['Entitlement', 'You have 27 days.'],
      ['Asking', 'Ask your manager first.'],
    ]);
  });

  it('takes the first line of a wrapped paragraph, a question and an introduction as labels', () => {
    const source =
      'SIGNING KEYS\nIn force since 3 March 2025.\n\nMay I sign?\n\nOnly two may sign.\n\nSessions:\n- Leeds: 9:00\n- Porto: 10:00';
    expect(read(source).map(({ label, text }) => [label, text])).toEqual([
      ['SIGNING KEYS', 'In force since 3 March 2025.'],
      ['May I sign?', 'Only two may sign.'],
      ['Sessions', '- Leeds: 9:00'],
      ['Sessions', '- Porto: 10:00'],
    ]);
  });

  it('gives a row the names of its columns, although the passage begins below them', () => {
    const source = 'Notice\n\nGrade | Notice\nG1 to G4 | 1 month\nG5 to G7 | 3 months';
    const from = source.indexOf('G5');
    const [row] = read(source, from);
    expect(row).toMatchObject({ kind: 'table-row', text: 'G5 to G7 | 3 months', label: 'Notice' });
    expect(source.slice(row?.columns?.start, row?.columns?.end)).toBe('Grade | Notice');
    expect(read('1 | 2\n3 | 4').map((each) => each.columns)).toEqual([null, null]);
  });

  it('takes the sentence before along when one points back to it', () => {
    expect(words('The rate is EUR 58. It is paid monthly. Those who travel get more.')).toEqual([
      'The rate is EUR 58.',
      'The rate is EUR 58. It is paid monthly.',
      'Those who travel get more.',
    ]);
    expect(words('No. The bonus stays the same.')).toEqual(['No. The bonus stays the same.']);
  });

  it('takes the first line of a document for its title, not for what it says', () => {
    expect(
      read('Pressing: how it is done\n\nApples are washed twice.').map(({ label, text }) => [label, text]),
    ).toEqual([['Pressing: how it is done', 'Apples are washed twice.']]);
    expect(words('Price: 12 francs\n\nContent: half a litre\n\nStore it in a dark place.')[0]).toBe('Price: 12 francs');
    for (const value of ['Owner: Vera Lind', 'Status: approved', 'In force from: 1 March 2025'])
      expect(words(`${value}\n\nStore it in a dark place.`)[0]).toBe(value);
    expect(words('Pressing: how it is done')).toEqual(['Pressing: how it is done']);
  });

  it('takes a heading that begins its paragraph as the label of what follows in it', () => {
    const source =
      'Rooms\n\nBreakfast. The buffet opens at 6:30. It costs 19 euros. Children eat for free.\n\nBring your key along.';
    expect(read(source).map(({ label, text }) => [label, text])).toEqual([
      ['Rooms', 'Breakfast. The buffet opens at 6:30.'],
      ['Breakfast', 'The buffet opens at 6:30. It costs 19 euros.'],
      ['Breakfast', 'Children eat for free.'],
      ['Rooms', 'Bring your key along.'],
    ]);
    for (const reply of ['No', 'Sí'])
      expect(read(`${reply}. The bonus stays. You keep it.`).map(({ label }) => label)).toEqual([null, null]);
    for (const sentence of ['Leave is paid', 'Hunde sind erlaubt'])
      expect(read(`${sentence}. The bonus stays. It is yours.`).map(({ label, text }) => [label, text])[0]).toEqual([
        null,
        `${sentence}.`,
      ]);
  });

  it('reads a heading that begins its paragraph with what follows, however long its words', () => {
    const source = 'Rescue\n\nWhat to say. Give the number on the nearest pole. Stay where you are.';
    expect(words(source)).toEqual(['What to say. Give the number on the nearest pole.', 'Stay where you are.']);
  });

  it('gives a sentence whole although the passage begins inside it', () => {
    const source = 'The first sentence is long enough.\n\nThe second one begins here and ends there.';
    expect(words(source, source.indexOf('begins'))).toEqual(['The second one begins here and ends there.']);
  });

  it('gives statements that lie in the source, are trimmed, and hold no blank line', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '# Title',
        'A | B',
        '1 | 2',
        'It is so.',
        'name: a; size: 2; name: b; size: 3',
        '',
        '- item',
        'Yes.',
      ),
      fc.lorem({ maxCount: 12 }),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.nat(), (lines, at) => {
        const source = lines.join('\n');
        const start = source.length === 0 ? 0 : at % source.length;
        for (const each of statementsOf(source, { start, end: source.length })) {
          const text = source.slice(each.start, each.end);
          expect(each.end).toBeGreaterThan(Math.max(start, each.start));
          expect(each.end).toBeLessThanOrEqual(source.length);
          expect(text).toBe(text.trim());
          expect(text).not.toMatch(/\n\s*\n/);
        }
      }),
    );
  });
});
