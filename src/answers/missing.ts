import type { Missing } from './answer.ts';
import { analyse, languageOfQuestion } from '../retrieval/index.ts';
import type { AskedKind } from './extractive/asked-kind.ts';
import type { Asked } from './extractive/score-sentences.ts';
import type { Passage } from './evidence/passage.ts';

/** What a document would have to do to answer a question of each kind. */
const WANTED: Readonly<Record<AskedKind, string>> = {
  amount: 'states an amount of money or a rate',
  extent: 'says how long it is',
  duration: 'says how long',
  frequency: 'says how often',
  count: 'gives a number',
  measure: 'gives a measure',
  date: 'gives a date',
  time: 'gives a time of day',
  age: 'gives an age',
  person: 'says who it is',
};

/** Says what was looked for, which of it the nearest passages lack, and what would answer the question. */
export function missingFrom(asked: Asked, passages: readonly Passage[]): Missing {
  const words = wordsOf(asked);
  const language = languageOfQuestion(asked.text);
  const said = passages.map(({ title, headingPath, text }) => `${title} ${headingPath.join(' ')} ${text}`);
  const held = new Set(said.flatMap((each) => analyse(each, language)));
  const notFound = words.filter(({ term }) => !held.has(term)).map(({ word }) => word);
  const lookedFor = words.map(({ word }) => word);
  const does = asked.kind === null ? 'answers this' : WANTED[asked.kind];
  return { lookedFor, notFound, wouldAnswer: `A document about ${list(lookedFor)} that ${does}.` };
}

/** The question's words that count, as they were written, each with its term. */
function wordsOf({ text, weights }: Asked): { readonly word: string; readonly term: string }[] {
  const language = languageOfQuestion(text);
  const seen = new Set<string>();
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).flatMap((word) => {
    const term = analyse(word, language).find((each) => weights.has(each) && !seen.has(each));
    if (term === undefined) return [];
    seen.add(term);
    return [{ word, term }];
  });
}

/** `“bike”, “rain” and “hail”`; without words, what was asked. */
function list(words: readonly string[]): string {
  const quoted = words.map((word) => `“${word}”`);
  const last = quoted.pop() ?? 'what was asked';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}
