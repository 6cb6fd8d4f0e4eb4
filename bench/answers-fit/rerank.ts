import { COMPARED } from '../../src/answers/extractive/rank-sentences.ts';
import { WORD_TRAITS } from '../../src/answers/extractive/sentence-traits.ts';
import type { ScoredSentence } from '../../src/answers/extractive/score-sentences.ts';
import { weightedSum } from '../../src/answers/extractive/weighted-sum.ts';

/** Weights of both stages. */
export interface RankingWeights {
  readonly byWords: readonly number[];
  readonly byMeaning: readonly number[];
}

/** Ranks sentences as the product does, with other weights: the first by words, these by meaning. */
export function rerank(sentences: readonly ScoredSentence[], { byWords, byMeaning }: RankingWeights): ScoredSentence[] {
  return byScore(sentences, (traits) => weightedSum(traits.slice(0, WORD_TRAITS), byWords))
    .slice(0, COMPARED)
    .map((each) => ({ ...each, score: weightedSum(each.traits, byMeaning) }))
    .sort((one, other) => other.score - one.score);
}

/** Highest first. */
export function byScore(
  sentences: readonly ScoredSentence[],
  scoreOf: (traits: readonly number[]) => number,
): ScoredSentence[] {
  return sentences
    .map((each) => ({ each, score: scoreOf(each.traits) }))
    .sort((one, other) => other.score - one.score)
    .map(({ each }) => each);
}
