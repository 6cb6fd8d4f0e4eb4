import { describe, expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import type { Passage } from '../evidence/passage.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { chooseSentences, eachOnce, isJoined } from './choose-sentences.ts';
import { readQuestion, scoreByMeaning, scoreByWords } from './score-sentences.ts';

const question = new Float32Array([1, 0, 0]);
const near = new Float32Array([0.8, 0.6, 0]);
const far = new Float32Array([0, 0, 1]);

/** The chosen texts; `vectorOf` says what a sentence means. */
function choose(text: string, passages: readonly Passage[], vectorOf: (text: string) => Float32Array): string[] {
  const sentences = candidateSentences(passages);
  const asked = readQuestion(text, text.toLowerCase().match(/\w+/g) ?? [], sentences);
  const byWords = scoreByWords(asked, sentences);
  const vectors = byWords.map((each) => vectorOf(each.sentence.text));
  return chooseSentences(scoreByMeaning(byWords, question, vectors), asked).map((each) => each.sentence.text);
}

describe('chooseSentences', () => {
  it('gives one sentence when the others are far behind', () => {
    const passage = buildPassage({ source: 'The notice is 3 months long. Lunch is served at noon.' });
    expect(choose('notice months', [passage], (text) => (text.includes('notice') ? near : far))).toEqual([
      'The notice is 3 months long.',
    ]);
  });

  it('gives one sentence to a question that asks one thing, however near the others are', () => {
    const policy = buildPassage({ source: 'Laptop machines are replaced after 48 months.' });
    const guide = buildPassage({ source: 'Every laptop costs EUR 900 when it is replaced.' });
    expect(choose('laptop replaced', [policy, guide], () => near)).toHaveLength(1);
    expect(choose('laptop machines cost', [policy, guide], () => near)).toHaveLength(1);
  });

  it('adds what is farther behind when the question joins two things', () => {
    const passage = buildPassage({ source: 'The desk allowance is EUR 400 once. Lunch vouchers are worth EUR 5.' });
    const nearer = new Float32Array([0.9, 0.43, 0]);
    const told = (text: string) => choose(text, [passage], (each) => (each.includes('desk') ? nearer : near)).length;
    expect(told('desk and voucher')).toBe(2);
    expect(told('desk voucher')).toBe(1);
  });

  it.each([
    ['Was kostet der Schrank und die Lieferung?', true],
    ['Quel est le prix de la table et de la livraison ?', true],
    ['¿Cuál es el precio de la mesa y de la entrega?', true],
    ['Was kostet der Schrank in Hundsheim?', false],
    ['Where is the hand sander kept?', false],
  ])('knows the word that joins: %s', (text, joined) => expect(isJoined({ text })).toBe(joined));

  it('never says the same twice', () => {
    const one = buildPassage({ source: 'Laptops are replaced after 48 months.' });
    const copy = buildPassage({ source: 'Laptops are replaced after 48 months.' });
    expect(choose('laptops replaced and months', [one, copy], () => near)).toHaveLength(1);
    const pointing = buildPassage({ source: 'The laptop bonus is EUR 58. It is a laptop bonus and a gift indeed.' });
    expect(choose('laptop bonus and gift', [pointing], () => near)).toHaveLength(1);
  });

  it('gives nothing for nothing', () => {
    expect(choose('laptops', [], () => near)).toEqual([]);
  });
});

describe('eachOnce', () => {
  const passage = buildPassage({ source: 'The bus runs hourly. It is free for members. Dogs travel in the back.' });
  const sentences = candidateSentences([passage]);
  const all = scoreByWords(readQuestion('bus', ['bus'], sentences), sentences);
  const texts = (said: typeof all): string[] => eachOnce(said).map(({ sentence }) => sentence.text);
  const [first, both, dogs] = sentences.map(({ start }, i) =>
    all.find(({ sentence }) => sentence.start === start && sentence.end === sentences[i]?.end),
  ) as [(typeof all)[number], (typeof all)[number], (typeof all)[number]];

  it('keeps the longer of a sentence and one around it, at the place of the first', () => {
    expect(texts([first, dogs, both])).toEqual([both.sentence.text, dogs.sentence.text]);
    expect(texts([both, dogs, first])).toEqual([both.sentence.text, dogs.sentence.text]);
  });

  it('leaves nothing behind that the longer one holds, too', () => {
    expect(texts([first, first, both])).toEqual(['The bus runs hourly. It is free for members.']);
  });
});
