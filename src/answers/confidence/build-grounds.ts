import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from '../extractive/candidate-sentences.ts';
import { readQuestion, scoreByMeaning, scoreByWords } from '../extractive/score-sentences.ts';
import type { Grounds } from './signs.ts';

/** What a question of one passage is judged by, for tests. */
export interface BuiltGrounds {
  readonly question: string;
  readonly source: string;
  /** Cosine of the question and the passage. */
  readonly passage: number;
  /** Cosine of the question and each of its sentences: 0…1. */
  readonly sentence: number;
  /** What the reader of answers says of the best of them; left out: it was not read. */
  readonly odds?: number;
}

/** Grounds of a question that were found in one passage, for tests. The question's terms are its words of four letters and more. */
export function buildGrounds({ question, source, passage, sentence, odds }: BuiltGrounds): Grounds {
  const built = buildPassage({ source });
  const passages = [{ ...built, candidate: { ...built.candidate, cosine: passage } }];
  const sentences = candidateSentences(passages);
  const asked = readQuestion(question, question.toLowerCase().match(/\w{4,}/g) ?? [], sentences);
  const byWords = scoreByWords(asked, sentences);
  const vector = new Float32Array([sentence, Math.sqrt(1 - sentence * sentence)]);
  const vectors = byWords.map(() => vector);
  return {
    asked,
    passages,
    ranked: scoreByMeaning(byWords, new Float32Array([1, 0]), vectors),
    odds: odds === undefined ? null : { own: odds, most: odds },
  };
}
