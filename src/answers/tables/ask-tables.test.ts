import { describe, expect, it } from 'vitest';
import { analyse } from '../../retrieval/index.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from '../extractive/candidate-sentences.ts';
import { readQuestion, scoreByWords } from '../extractive/score-sentences.ts';
import { askTables } from './ask-tables.ts';

const ROOMS = `Room | Seats | Half day | Whole day | Stage | Kitchen | Opens
Elm | up to 40 | £60 | £110 | yes | yes | 08:30
Oak | up to 150 | £95 | £170 | yes | no | 7.45
Ash | 12 | free | £35 | no | none | 9.15
Yew | unlimited | £110 | — | no | yes | 10.00
Old Cellar | 20 | on request | £90 | no | yes | 09:00`;

const LINES = `Line | Journey | Runs every | Sundays
Line 1 | 1 hour 5 minutes | 10 minutes | hourly
Line 2 | 1 hour 20 minutes | 2 hours | none
Line 3 | 58 minutes | 15 minutes | every 2 hours`;

const RECORDS = `Tool: Saw; Weight: 6 kg; Deposit: £40; Licence: not needed
Tool: Drill; Weight: 900 g; Deposit: none; Licence: not needed
Tool: Crane; Weight: 2 tonnes; Deposit: £900; Licence: class C`;

/** First cells of the rows that a table tells; null: it tells none. */
function told(question: string, source: string, title = 'Rooms for hire'): string[] | null {
  const passage = buildPassage({ source, title });
  const sentences = candidateSentences([passage]);
  const asked = readQuestion(question, analyse(question), sentences);
  const rows = askTables({ asked, ranked: scoreByWords(asked, sentences).slice(0, 1), passages: [passage] })?.told;
  return rows?.map(({ sentence }) => sentence.readable.split('; ')[0]?.replace(/^[^:]*: /, '') ?? '') ?? null;
}

describe('what only a whole table tells', () => {
  it.each([
    ['Which room is the cheapest for half a day?', ['Ash']],
    ['What is the most expensive room for a whole day?', ['Oak']],
    ['cheapest room for a whole day', ['Ash']],
    ['Which room has the most seats?', ['Yew']],
    ['Which room takes the fewest people?', ['Ash']],
    ['We need a stage. What is the largest room with a stage?', ['Oak']],
    ['Which room opens first?', ['Oak']],
    ['Which room with a stage has no kitchen?', ['Oak']],
    ["Which room can't I hire for a whole day?", ['Yew']],
    ['Which of the rooms is free for half a day?', ['Ash']],
    ['Which rooms have no stage?', ['Ash', 'Yew', 'Old Cellar']],
    ['Of the rooms with a stage, which one has the lowest price for half a day?', ['Elm']],
    ['Largest room without a stage', ['Yew']],
    ['What is the cheapest thing with a stage for half a day?', ['Elm']],
  ])('%s', (question, rows) => {
    expect(told(question, ROOMS)).toEqual(rows);
  });

  it.each([
    ['Which line takes the shortest time?', ['Line 3']],
    ['Which line has the longest journey?', ['Line 2']],
    ['Which line runs most often?', ['Line 1']],
    ['Which line runs the least often?', ['Line 2']],
    ["Which line doesn't run on Sundays?", ['Line 2']],
  ])('compares lengths of time however they are told: %s', (question, rows) => {
    expect(told(question, LINES, 'Buses')).toEqual(rows);
  });

  it.each([
    ['Which tool is the heaviest?', ['Crane']],
    ['I need the lightest tool.', ['Drill']],
    ['Which tool can I have without a deposit?', ['Drill']],
    ['Which tools need no licence?', ['Saw', 'Drill']],
  ])('reads records like rows: %s', (question, rows) => {
    expect(told(question, RECORDS, 'Tools')).toEqual(rows);
  });
});

describe('a table tells nothing', () => {
  it.each([
    ['How many people fit into Oak?', 'it is asked for one row'],
    ['Which room has the highest ceiling?', 'it has no such column'],
    ['Which boat is the cheapest?', 'its rows are something else'],
    ['Which round room is the cheapest?', 'it does not know which are meant'],
    ['What happens if I do not pay for the kitchen?', 'it is asked what happens'],
    ['How many people may come at most?', 'nothing is compared'],
    ['How much does the cheapest room cost?', 'it is asked how much'],
    ['What is the heaviest thing the caretaker will carry?', 'nothing says of what'],
    ['Elm aside, which room is the cheapest for half a day?', 'it leaves some out'],
    ['Which room has no stage and no kitchen?', 'it asks for what two columns tell'],
    ['Which room is the widest?', 'it does not tell it, and no other column is meant'],
  ])('%s (%s)', (question) => {
    expect(told(question, ROOMS)).toBeNull();
  });

  it('when too many rows are meant, or too few can be compared', () => {
    const many = `Room | Stage\n${Array.from({ length: 9 }, (_, i) => `Room ${i} | ${i < 2 ? 'yes' : 'no'}`).join('\n')}`;
    expect(told('Which room has no stage?', many)).toBeNull();
    const open = 'Room | Price\nElm | on request\nOak | £3\nAsh | by agreement\nYew | £5';
    expect(told('Which room is the cheapest?', open)).toBeNull();
    expect(told('Which room is the cheapest?', 'Room | Price\nElm | £2\nOak | £3')).toBeNull();
    expect(told('Which room is the cheapest?', 'Room | Price\nElm | £2\nOak | £3\nAsh | £4\nYew | €2')).toBeNull();
    expect(told('Which room is the cheapest?', 'Room | Price\nElm | £2\nOak | £3\nAsh | £4\nYew | free')).toEqual([
      'Yew',
    ]);
  });
});

it('reads the rows that no search found, and leaves those of other tables alone', () => {
  const source = `# Halls\n\n${ROOMS}\n\nSheds are elsewhere.\n\nRoom | Half day\nShed | £1\nBarn | £2\nHut | £3`;
  const start = source.indexOf('Oak');
  const passage = buildPassage({ source, start, end: source.indexOf('Ash'), title: 'Halls' });
  const sentences = candidateSentences([passage]);
  const question = 'Which room is the cheapest for half a day?';
  const asked = readQuestion(question, analyse(question), sentences);
  const rows = askTables({ asked, ranked: scoreByWords(asked, sentences), passages: [passage] })?.told;
  expect(rows?.map(({ sentence }) => sentence.readable.slice(0, 9))).toEqual(['Room: Ash']);
  expect(source.slice(rows?.[0]?.sentence.start, rows?.[0]?.sentence.end)).toMatch(/^Ash \|/);
});

it('takes a cell as it stands, whatever marks it holds', () => {
  const dishes =
    'Dish | Holds | Price\nSoup | none; nuts: traces | £3\nPie | milk; Price: ask | £4\nStew | celery | £2';
  expect(told('Which dish is the cheapest?', dishes, 'Menu')).toEqual(['Stew']);
  const records =
    'Dish: Soup; Holds: milk; nuts; Price: £3\n\nDish: Pie; Holds: none; Price: £4\n\nDish: Stew; Holds: egg; Price: £2';
  expect(told('Which dish is the cheapest?', records, 'Menu')).toEqual(['Stew']);
});

it('reads no table that is too long', () => {
  const rows = (count: number): string =>
    `Room | Price\n${Array.from({ length: count }, (_, i) => `Room ${i} | £${i + 1}`).join('\n')}`;
  expect(told('Which room is the cheapest?', rows(600))).toEqual(['Room 0']);
  expect(told('Which room is the cheapest?', rows(900))).toBeNull();
});

describe('what a row alone does not tell', () => {
  const others = (question: string): string[] => {
    const passages = [buildPassage({ source: ROOMS, title: 'Rooms' })];
    const sentences = candidateSentences(passages);
    const asked = readQuestion(question, analyse(question), sentences);
    const found = askTables({ asked, ranked: scoreByWords(asked, sentences), passages });
    return found?.others.map(({ sentence }) => sentence.readable.split('; ')[0] ?? '') ?? [];
  };

  it('is no answer to what none of the table tells', () => {
    expect(others('Which room has the highest ceiling?')).toEqual([]);
    expect(others('Which room has the highest ceiling, Elm?')).toEqual(['Room: Elm']);
    expect(others('Which room has no ceiling?')).toHaveLength(5);
  });
});
