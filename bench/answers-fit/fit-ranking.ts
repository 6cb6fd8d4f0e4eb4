import { traitNames, WORD_TRAITS } from '../../src/answers/extractive/sentence-traits.ts';
import type { Collected } from './collect.ts';
import type { RankingWeights } from './rerank.ts';
import { fitSoftmax } from './softmax.ts';

/** Pulls the weights of the ranking to zero. */
const RIDGE = 0.003;

/** Learns what each trait of a sentence is worth, for both stages; questions that need several passages teach nothing. */
export function fitRanking(questions: readonly Collected[]): RankingWeights {
  return { byWords: weightsOf(questions, WORD_TRAITS), byMeaning: weightsOf(questions, traitNames.length) };
}

function weightsOf(questions: readonly Collected[], traits: number): number[] {
  const choices = questions
    .filter(({ needsAll }) => !needsAll)
    .map(({ ranked, gold }) => ({
      traits: ranked.map((each) => each.traits.slice(0, traits)),
      right: ranked.map((each) => gold.has(each)),
    }));
  return fitSoftmax(choices, RIDGE).map((weight) => Math.round(weight * 1000) / 1000);
}
