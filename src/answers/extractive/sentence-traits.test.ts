import { expect, it } from 'vitest';
import { analyse } from '../../retrieval/index.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { readQuestion, scoreByWords } from './score-sentences.ts';
import { traitNames, WORD_TRAITS } from './sentence-traits.ts';

/** A trait of each sentence, by its text. */
function traits(name: (typeof traitNames)[number], question: string, source: string): Record<string, number> {
  const sentences = candidateSentences([buildPassage({ source })]);
  const ranked = scoreByWords(readQuestion(question, analyse(question), sentences), sentences);
  return Object.fromEntries(
    ranked.map((each) => [each.sentence.text, each.traits[traitNames.indexOf(name)] ?? Number.NaN]),
  );
}

const table = 'Pension\n\nAge | Rate\n30 to 39 | 7 percent\n40 to 49 | 9 percent';

it('tells a row whose range covers the figure asked about from one whose range does not', () => {
  expect(traits('figures', 'What is the pension rate at 45?', table)).toEqual({
    '30 to 39 | 7 percent': -1,
    '40 to 49 | 9 percent': 1,
  });
});

it('has nothing to say of figures where none is asked about', () => {
  expect(Object.values(traits('figures', 'What is the pension rate?', table))).toEqual([0, 0]);
});

it('reads one trait per name before any meaning is compared', () => {
  const sentences = candidateSentences([buildPassage({ source: table })]);
  const [first] = scoreByWords(readQuestion('pension rate', ['pension', 'rate'], sentences), sentences);
  expect(first?.traits).toHaveLength(WORD_TRAITS);
});
