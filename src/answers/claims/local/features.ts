import type { Comparison } from './compare.ts';
import type { Evidence, Facet } from './evidence.ts';

/** What the score is made of. Counts enter as log(1 + n): the first thing that is missing tells most. */
export interface Features {
  /** Share by weight of what the claim says that four sentences carry together, 0…1. */
  readonly together: number;
  /** The same of all sentences, 0…1. */
  readonly anywhere: number;
  /** Numbers, names, words that stand elsewhere in the sources, but not in those sentences. */
  readonly numbersApart: number;
  readonly namesApart: number;
  readonly wordsApart: number;
  /** Numbers, names, words that stand nowhere in the sources. */
  readonly numbersNowhere: number;
  readonly namesNowhere: number;
  readonly wordsNowhere: number;
  /** Words that stand nowhere, but others of their family do. */
  readonly akin: number;
  /** How far apart the two sentences stand that carry most, 0…1. */
  readonly spread: number;
  /** Limits and negations that were added or dropped beside the nearest sentence. */
  readonly limits: number;
  /** The same where the sentence says nearly all else that the claim says, else 0. */
  readonly limitsAlone: number;
  /** 1: the nearest sentence says something that cannot be true together with the claim. */
  readonly conflict: number;
}

/** From this share by weight on a sentence makes the same statement, limits aside. */
const SAME_STATEMENT = 0.85;

/** Measures of a claim beside its evidence; `best`: the nearest sentence, compared word by word. */
export function featuresOf({ facets, together, carriedBy }: Evidence, best: Comparison): Features {
  let total = 0;
  let lostTogether = 0;
  let lostAnywhere = 0;
  let akin = 0;
  const apart = { number: 0, name: 0, word: 0 };
  const nowhere = { number: 0, name: 0, word: 0 };
  facets.forEach((facet: Facet, i) => {
    total += facet.weight;
    if (carriedBy[i] !== -1 || facet.above) return;
    lostTogether += facet.weight;
    if (facet.places.length > 0) apart[facet.kind] += 1;
    else {
      lostAnywhere += facet.weight;
      if (facet.akin) akin += 1;
      else nowhere[facet.kind] += 1;
    }
  });
  const limits = Math.log1p(best.leftovers.filter(({ problem }) => problem.endsWith('-limit')).length);
  const sameOtherwise = best.coverage > SAME_STATEMENT ? 1 : 0;
  return {
    together: total === 0 ? 0 : 1 - lostTogether / total,
    anywhere: total === 0 ? 0 : 1 - lostAnywhere / total,
    numbersApart: Math.log1p(apart.number),
    namesApart: Math.log1p(apart.name),
    wordsApart: Math.log1p(apart.word),
    numbersNowhere: Math.log1p(nowhere.number),
    namesNowhere: Math.log1p(nowhere.name),
    wordsNowhere: Math.log1p(nowhere.word),
    akin: Math.log1p(akin),
    spread: spreadOf(together),
    limits,
    limitsAlone: limits * sameOtherwise,
    conflict: best.conflict === null ? 0 : 1,
  };
}

function spreadOf([first, second]: readonly number[]): number {
  if (first === undefined || second === undefined) return 0;
  return 1 - 1 / (1 + Math.log1p(Math.abs(first - second)));
}
