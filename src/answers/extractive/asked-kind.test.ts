import { describe, expect, it } from 'vitest';
import { askedKind, holdsKind } from './asked-kind.ts';

describe('askedKind', () => {
  it.each([
    ['How long are invoices kept?', 'duration'],
    ['How many days may I be away?', 'duration'],
    ['How long is the trailer Oxbow?', 'extent'],
    ['How long is the licence valid?', 'duration'],
    ['How long are the records kept?', 'duration'],
    ['How much does it cost?', 'amount'],
    ['What is the price per user?', 'amount'],
    ['How many people must sign?', 'count'],
    ['When does the contract end?', 'date'],
    ['Since when is it compulsory?', 'date'],
    ['What time does it close?', 'time'],
    ['Who approves it?', 'person'],
    ['How old must I be?', 'age'],
    ['How often is it cleaned?', 'frequency'],
    ['What is the excess for a theft?', 'amount'],
    ['What is the waiting time for an allotment?', 'duration'],
    ['At what wind do I have to stop?', 'measure'],
    ['What part of the brain hears?', null],
    ['Can I keep it when I leave?', null],
    ['Why was it changed?', null],
  ])('%s → %s', (question, kind) => {
    expect(askedKind(question)).toBe(kind);
  });
});

describe('holdsKind', () => {
  it.each([
    ['extent', 'Trailer: Oxbow; Length: 1.8 m', 'Trailer: Oxbow; Brakes: none'],
    ['amount', 'Dish: Leek tart; Price in pounds: 7.20', 'Dish: Leek tart; Half portion: small'],
    ['duration', 'Invoices are kept for ten years.', 'Invoices are kept in Leeds.'],
    ['duration', 'Notice is one month.', 'Notice runs from the first day of the following month.'],
    ['amount', 'It costs EUR 58.', 'It costs nothing you would notice.'],
    ['amount', 'The supplement is 9 percent.', 'The supplement is paid monthly.'],
    ['count', 'Two of them must sign.', 'They must sign.'],
    ['date', 'It ends on 31 March.', 'It ends badly.'],
    ['date', 'Valid from 2026-11-25.', 'Valid forever.'],
    ['time', 'It closes at 21:00.', 'It closes in 21 rooms.'],
    ['person', 'The department head approves it.', 'It is approved.'],
    ['person', 'The oil is changed by Reto.', 'The oil is changed in the workshop.'],
    ['age', 'The minimum age is nine.', 'Everybody learns to sail.'],
    ['frequency', 'It is rinsed every evening.', 'It is rinsed.'],
    ['amount', 'A third of the fare is refunded.', 'The third fare is refunded late.'],
  ] as const)('%s: yes in "%s", no in "%s"', (kind, yes, no) => {
    expect(holdsKind(yes, kind)).toBe(true);
    expect(holdsKind(no, kind)).toBe(false);
  });
});
