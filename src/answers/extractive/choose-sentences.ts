import type { ScoredSentence } from './score-sentences.ts';

/** Most sentences of one answer. */
const MAX_SENTENCES = 3;

/** A further sentence must come this close to the best one's score. */
const NEAR_BEST = 0.9;

/** Two sentences sharing this much of their terms (Jaccard) say the same. */
const SAME = 0.6;

/**
 * The sentences that make the answer: the best, and others nearly as good that add something.
 * @param ranked best first
 */
export function chooseSentences(ranked: readonly ScoredSentence[]): ScoredSentence[] {
  const [best] = ranked;
  if (best === undefined) return [];
  const chosen = [best];
  for (const each of ranked.slice(1)) {
    if (chosen.length >= MAX_SENTENCES || each.score < best.score * NEAR_BEST) break;
    if (chosen.every((other) => overlap(other, each) < SAME)) chosen.push(each);
  }
  return chosen;
}

function overlap(a: ScoredSentence, b: ScoredSentence): number {
  const shared = a.sentence.terms.intersection(b.sentence.terms).size;
  const all = a.sentence.terms.union(b.sentence.terms).size;
  return all === 0 ? 1 : shared / all;
}
