import { describe, expect, it } from 'vitest';
import { condense } from './condense.ts';

describe('condense', () => {
  it.each([
    ['What is the per diem for Paris?', 'And for Rome?', 'What is the per diem for Rome?'],
    ['What is the per diem in Paris in winter?', 'What about in summer?', 'What is the per diem in Paris in summer?'],
    [
      'How many days of leave do full-time employees get?',
      'What about part-time employees?',
      'How many days of leave do part-time employees get?',
    ],
    ['Who approves a visit to Porto?', 'And Lisbon?', 'Who approves a visit to Lisbon?'],
    ['How do I get a travel permit?', 'How long is it valid?', 'How long is it valid (get travel permit)?'],
    ['How long is parental leave?', 'Who approves it?', 'Who approves it (long parental leave)?'],
    ['What does the warranty cover?', 'How long?', 'How long (warranty cover)?'],
  ])('after %s reads %s', (...[before, question, read]) => {
    expect(condense([before], question)).toBe(read);
  });

  it.each([
    'How many days of annual leave do I get?',
    'Is it possible to sell leave days?',
    'What is due this year for audits?',
  ])('leaves %s alone', (question) => {
    expect(condense(['What is the per diem for Paris?'], question)).toBeNull();
  });

  it('reads each follow-up in the light of the one before, and needs one', () => {
    const conversation = ['What is the per diem for Paris?', 'And for Rome?'];
    expect(condense(conversation, 'And for Oslo?')).toBe('What is the per diem for Oslo?');
    expect(condense([], 'And for Oslo?')).toBeNull();
  });
});
