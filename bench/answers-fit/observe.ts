import { signsOf } from '../../src/answers/confidence/signs.ts';
import type { Observation } from '../abstention/logistic.ts';
import type { Collected } from './collect.ts';
import { type RankingWeights, rerank } from './rerank.ts';

/** How a question's evidence is looked at: with what ranking, and whether the reader of answers reads the best sentence. */
export interface Look {
  readonly weights: RankingWeights;
  readonly isRead: boolean;
}

/** Signs of one question's evidence, and whether it can be answered. */
export function observe(question: Collected, { weights, isRead }: Look): Observation {
  const { asked, evidence, answerable } = question;
  const ranked = rerank(question.ranked, weights);
  const [best] = ranked;
  // One that the product's own weights rank too low to be read is no answer.
  const odds = isRead && best !== undefined ? (question.odds.get(best.sentence) ?? -Infinity) : null;
  return { signs: signsOf({ asked, ranked, passages: evidence.passages, odds }), positive: answerable };
}
