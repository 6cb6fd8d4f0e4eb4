import { describe, expect, it } from 'vitest';
import { questionParts } from './question-parts.ts';

describe('questionParts', () => {
  it.each([
    ['What does it cost and how long does it take?', ['What does it cost', 'how long does it take?']],
    ['When is the regatta? Who may take part in it?', ['When is the regatta', 'Who may take part in it?']],
    ['Is it 3 or 4 years until it is replaced?', ['Is it 3 or 4 years until it is replaced?']],
    ['I lost my card, what does a new one cost?', ['I lost my card, what does a new one cost?']],
    ['Who signs and when?', ['Who signs and when?']],
    ['What do nurses and doctors get?', ['What do nurses and doctors get?']],
  ])('%s', (question, parts) => {
    expect(questionParts(question)).toEqual(parts);
  });
});
