import type { CandidateSentence } from './candidate-sentences.ts';

/** A sentence with what speaks for it. */
export interface ScoredSentence {
  readonly sentence: CandidateSentence;
  /** Share of the question's terms, weighted by rarity, that the sentence or its headings name: 0…1. */
  readonly coverage: number;
  /** Cosine of sentence and question; null while unknown. */
  readonly cosine: number | null;
  /** Higher is better, comparable within one question. */
  readonly score: number;
}

/** A term in the headings says what the sentence is about, but less surely than the sentence itself. */
const HEADING_WEIGHT = 0.6;

/** How rare each question term is among the candidate sentences; BM25's inverse document frequency. */
export function rarity(terms: readonly string[], sentences: readonly CandidateSentence[]): Map<string, number> {
  const total = sentences.length;
  return new Map(
    [...new Set(terms)].map((term) => {
      const having = sentences.filter((each) => each.terms.has(term)).length;
      return [term, Math.log(1 + (total - having + 0.5) / (having + 0.5))];
    }),
  );
}

/** Share of the question's weighted terms that a sentence names: 0…1. */
export function coverage(weights: ReadonlyMap<string, number>, sentence: CandidateSentence): number {
  let total = 0;
  let covered = 0;
  for (const [term, weight] of weights) {
    total += weight;
    if (sentence.terms.has(term)) covered += weight;
    else if (sentence.context.has(term)) covered += weight * HEADING_WEIGHT;
  }
  return total === 0 ? 0 : covered / total;
}

/** Weights of what speaks for a sentence; found on the sample workspace's questions. */
const WEIGHTS = { coverage: 0.4, cosine: 0.45, passage: 0.15 };

/**
 * Puts sentences in order by their words, their passage's place and, where known, their meaning.
 * @param cosines by sentence; missing: unknown
 */
export function scoreSentences(
  sentences: readonly CandidateSentence[],
  weights: ReadonlyMap<string, number>,
  cosines: ReadonlyMap<CandidateSentence, number>,
): ScoredSentence[] {
  const best = Math.max(...sentences.map((each) => each.passage.candidate.score), Number.EPSILON);
  return sentences
    .map((sentence): ScoredSentence => {
      const covered = coverage(weights, sentence);
      const cosine = cosines.get(sentence) ?? null;
      const passage = Math.max(0, sentence.passage.candidate.score / best);
      const score = WEIGHTS.coverage * covered + WEIGHTS.cosine * Math.max(0, cosine ?? 0) + WEIGHTS.passage * passage;
      return { sentence, coverage: covered, cosine, score };
    })
    .sort((a, b) => b.score - a.score);
}
