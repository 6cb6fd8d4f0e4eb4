import type { Missing } from './answer.ts';
import { analyse, languageOfQuestion } from '../retrieval/index.ts';
import type { AskedKind } from './extractive/asked-kind.ts';
import type { Asked } from './extractive/score-sentences.ts';
import type { Passage } from './evidence/passage.ts';

/** What a question of each kind wants to be told. */
const WANTED: Readonly<Record<AskedKind, string>> = {
  amount: 'an amount of money or a rate',
  duration: 'a length of time',
  count: 'a number',
  measure: 'a measure',
  date: 'a date',
  time: 'a time of day',
  person: 'who it is',
};

/** Says what was looked for, which of it the nearest passages lack, and what would answer the question. */
export function missingFrom(asked: Asked, passages: readonly Passage[]): Missing {
  const words = wordsOf(asked);
  const language = languageOfQuestion(asked.text);
  const said = passages.map(({ title, headingPath, text }) => `${title} ${headingPath.join(' ')} ${text}`);
  const held = new Set(said.flatMap((each) => analyse(each, language)));
  const notFound = words.filter(({ term }) => !held.has(term)).map(({ word }) => word);
  const lookedFor = words.map(({ word }) => word);
  const about = lookedFor.length === 0 ? 'this' : list(lookedFor);
  const what = asked.kind === null ? 'a sentence that says so' : WANTED[asked.kind];
  return { lookedFor, notFound, wouldAnswer: `A document that gives ${what} for ${about}.` };
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

function list(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(', ');
}
