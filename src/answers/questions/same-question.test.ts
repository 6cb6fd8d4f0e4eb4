import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksTheSame } from './same-question.ts';

describe('asks the same', () => {
  it.each([
    ['How many days of leave do I have?', 'What number of leave days do I have?'],
    ['How many sick leave days do I get in Germany?', 'In Germany, how many days of sick leave do I get?'],
    ['How do I request parental leave?', 'Can you tell me how to request parental leave?'],
    ['Who approves purchases over 500 euros?', 'Which person approves purchases over €500?'],
    ['Must I submit receipts?', 'Am I required to submit receipts?'],
    ['What is the fee for 25 items?', 'what is the charge for twenty-five items'],
    ['Was it sent on 5 May 2026?', 'Was it sent on May 5, 2026?'],
  ])('%s | %s', (a, b) => {
    expect([asksTheSame(a, b), asksTheSame(b, a)]).toEqual([true, true]);
  });
});

describe('does not ask the same', () => {
  it.each([
    ['How many days after 5 years?', 'How many days after 6 years?'],
    ['Is it due on 5 May 2026?', 'Is it due on 6 May 2026?'],
    ['Does Acme own Globex?', 'Does Globex own Acme?'],
    ["Who is the employee's manager?", "Who is the manager's employee?"],
    ['Can I work from home?', 'Can I not work from home?'],
    ['Can I work from home?', 'Must I work from home?'],
    ['What is the maximum?', 'What is the minimum?'],
    ['Is it due before 5 May?', 'Is it due after 5 May?'],
    ['What was the limit?', 'What is the limit?'],
    ['Who replaced the pump?', 'Who replaces the pump?'],
    ['Who sees my salary?', 'Who sees his salary?'],
    ['Rent and heating?', 'Rent or heating?'],
    ['Section 43(2)(a)?', 'Section 43(2)(i)?'],
    ['Who writes C++?', 'Who writes C#?'],
    ['When does it end?', 'Where does it end?'],
    ['Wie viele Urlaubstage habe ich?', 'Wie viele Krankheitstage habe ich?'],
    ['?', '?!'],
  ])('%s | %s', (a, b) => {
    expect([asksTheSame(a, b), asksTheSame(b, a)]).toEqual([false, false]);
  });

  it('whatever two numbers, and whatever words stand around them', () => {
    const words = fc.array(fc.constantFrom('leave', 'days', 'the', 'fee', 'of', 'before', 'Berlin', 'report'), {
      maxLength: 6,
    });
    const around = fc.tuple(words, words);
    const property = fc.property(around, fc.nat(10_000), fc.nat(10_000), ([before, after], one, other) => {
      fc.pre(one !== other);
      const ask = (number: number): string => ['What is', ...before, number, 'items', ...after].join(' ');
      expect(asksTheSame(ask(one), ask(one))).toBe(true);
      expect(asksTheSame(ask(one), ask(other))).toBe(false);
    });
    fc.assert(property);
  });

  it('treats both questions alike, and never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => asksTheSame(a, b) === asksTheSame(b, a)));
  });
});
