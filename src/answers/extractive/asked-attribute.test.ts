import { expect, it } from 'vitest';
import { askedAttribute } from './asked-attribute.ts';

it.each([
  ['What is the notice period for tenants?', ['notic'], 'period'],
  ["What's the penalty for fare dodging?", [], 'penalti'],
  ['How many washing machines are there in the laundry?', ['wash'], 'machin'],
  ['How many days of annual leave do I get?', ['annual'], 'leav'],
  ['Which licence do I need?', [], 'licenc'],
  ['Is there a pension scheme for pickers?', ['pension'], 'scheme'],
  ['excess of the Cyber module', [], 'excess'],
])('%s', (question, modifiers, head) => {
  expect(askedAttribute(question)).toEqual({ head, modifiers });
});

it.each([
  'When does it end?',
  'How long may I stay?',
  'Can I bring my dog?',
  'What happens if I am late?',
  'How many days?',
])('no noun says what is asked: %s', (question) => {
  expect(askedAttribute(question)).toBeNull();
});
