import { signsOf } from '../../src/answers/confidence/signs.ts';
import type { Observation } from '../abstention/logistic.ts';
import type { Collected } from './collect.ts';
import { type RankingWeights, rerank } from './rerank.ts';

/** Signs of one question's evidence with the ranking's weights, and whether it can be answered. */
export function observe(question: Collected, weights: RankingWeights): Observation {
  const { asked, evidence, answerable } = question;
  return {
    signs: signsOf({ asked, ranked: rerank(question.ranked, weights), passages: evidence.passages }),
    positive: answerable,
  };
}
