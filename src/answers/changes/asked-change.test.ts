import { describe, expect, it } from 'vitest';
import { askedChange } from './asked-change.ts';

const NOW = Date.UTC(2025, 10, 21);
const day = (text: string) => ({ at: Date.parse(`${text}T00:00:00Z`) });
const before = (text: string) => ({ at: day(text).at - 1 });

describe('askedChange', () => {
  it.each([
    ['What changed between 2024-01-01 and 2025-06-01?', day('2024-01-01'), day('2025-06-01'), ''],
    [
      'What has changed in the leave policy from 1 March 2024 to June 3rd, 2025?',
      day('2024-03-01'),
      day('2025-06-03'),
      'leave policy',
    ],
    ['What is new about travel since March 2025?', day('2025-03-01'), { at: NOW }, 'travel'],
    ['What changed between version 1 and version 3 of returns?', { version: 1 }, { version: 3 }, 'returns'],
    ['How do versions 2 and 4 of the warranty differ?', { version: 2 }, { version: 4 }, 'warranty'],
    [
      'What changed for expenses between 2023 and 2024',
      day('2023-01-01'),
      { at: Date.UTC(2025, 0, 1) - 1 },
      'expenses',
    ],
    ['What changed in the travel policy in 2024?', before('2024-01-01'), before('2025-01-01'), 'travel policy'],
    ['How did fees change during June 2025?', before('2025-06-01'), before('2025-07-01'), 'fees'],
    ['What’s new about travel in 2025', before('2025-01-01'), { at: NOW }, 'travel'],
    ['What has changed since last year?', day('2024-01-01'), { at: NOW }, ''],
    ['What changed last year?', before('2024-01-01'), before('2025-01-01'), ''],
    ['Which rules were revised in the last month?', before('2025-10-01'), before('2025-11-01'), 'rules'],
    ['Which differences are there between 2024-05-01 and today?', day('2024-05-01'), { at: NOW }, ''],
  ])('reads %s', (...[question, from, to, topic]) => {
    expect(askedChange(question, NOW)).toEqual({ from, to, topic });
  });

  it.each([
    'How many days of leave do I have?',
    'What changed in the leave policy?',
    'Who worked here between 2020 and 2022?',
    'What changed between 2024-02-31 and 2025-01-01?',
    'How do I change my password?',
    'How do I change my password in 2025?',
    'What is the new limit for meals in 2025?',
    'What will change in 2031?',
    'Is a new laptop due after 3 years?',
  ])('leaves %s alone', (question) => {
    expect(askedChange(question, NOW)).toBeNull();
  });
});
