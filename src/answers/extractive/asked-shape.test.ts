import { describe, expect, it } from 'vitest';
import { countsAsked, shapeOf } from './asked-shape.ts';

describe('shapeOf', () => {
  it.each([
    ['May I bring a dog?', 'Dogs are not allowed in the hall.', 1],
    ['May I bring a dog?', 'The dog ran across the yard.', -1],
    ['Where do I report a fault?', 'Faults are reported at the front desk.', 1],
    ['Who is the director?', 'The director signs every contract.', -1],
    ['Who is the director?', 'Since May the director is Ada Lovelace.', 1],
    ['How fast may I go in the yard?', 'The limit in the yard is 10 km an hour.', 1],
    ['How large is the flat?', 'The flat costs EUR 32 a night.', -1],
    ['What is the notice period?', 'The notice period is a month.', 0],
  ])('%s %s', (question, statement, wanted) => {
    expect(shapeOf(question, statement)).toBe(wanted);
  });
});

describe('countsAsked', () => {
  it.each([
    ['How many visitors may come?', 'Two visitors at a time are admitted.', 1],
    ['How many customers do you have?', 'Customers pay eleven monthly instalments.', -1],
    ['How many rooms are there?', 'Hall: Birkenhof; Rooms: 240; Rent: EUR 285', 1],
    ['How much is a room?', 'Two rooms are free.', 0],
    ['How many days of leave do I get?', 'You have 27 days of leave.', 1],
    ['How many days of leave do I get?', 'Leave is asked for ten days before it begins.', -1],
    ['How many days of leave do I get?', 'More than five days of leave are asked for in writing.', -1],
    ['How many days before must I ask?', 'Leave is asked for ten days before it begins.', 1],
    ['How many days may I stay?', 'Guests stay for two weeks.', 0.5],
  ])('%s %s', (question, statement, wanted) => {
    expect(countsAsked(question, statement)).toBe(wanted);
  });
});
