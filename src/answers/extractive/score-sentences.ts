import { type AskedKind, askedKind, holdsKind } from './asked-kind.ts';
import type { CandidateSentence } from './candidate-sentences.ts';
import { coveredNumbers } from './number-ranges.ts';

/** What a question asks for, as far as scoring needs it. */
export interface Asked {
  readonly text: string;
  readonly kind: AskedKind | null;
  /** Its terms; the rarer among the candidates, the heavier. */
  readonly weights: ReadonlyMap<string, number>;
}

/** A sentence with what speaks for it. */
export interface ScoredSentence {
  readonly sentence: CandidateSentence;
  /** The question's terms that it names, or covers by a range of numbers. */
  readonly named: ReadonlySet<string>;
  /** Share of the question's terms, weighted by rarity, that it names: 0…1. */
  readonly coverage: number;
  /** Share that only its headings, label or column names name: 0…1. */
  readonly contextCoverage: number;
  /** Whether it holds the kind of thing asked for; null: no kind is asked for. */
  readonly holdsKind: boolean | null;
  /** Its passage's fused score in relation to the best passage's: 0…1. */
  readonly passage: number;
  /** Unit vector of its meaning; null while unknown. */
  readonly vector: Float32Array | null;
  /** Cosine of its meaning and the question; null while unknown. */
  readonly cosine: number | null;
  /** Higher is better, comparable within one question and one stage. */
  readonly score: number;
}

/**
 * Weights of what speaks for a sentence. Fitted on the sample workspace's answerable questions by maximum likelihood
 * of the gold sentence (softmax over a question's candidates; 5-fold: the gold sentence is first for 80 %).
 */
const WEIGHTS = { coverage: 1, context: 0.4, cosine: 1.2, passage: 0.3, kind: 0.16 };

/** Before the cosine is known the passage speaks for the meaning. */
const PASSAGE_BEFORE_COSINE = 1;

/** Reads a question against the candidates for its answer. */
export function readQuestion(text: string, terms: readonly string[], sentences: readonly CandidateSentence[]): Asked {
  return { text, kind: askedKind(text), weights: rarity(terms, sentences) };
}

/** How rare each question term is among the candidate sentences; BM25's inverse document frequency. */
function rarity(terms: readonly string[], sentences: readonly CandidateSentence[]): Map<string, number> {
  const total = sentences.length;
  return new Map(
    [...new Set(terms)].map((term) => {
      const having = sentences.filter((each) => each.terms.has(term)).length;
      return [term, Math.log(1 + (total - having + 0.5) / (having + 0.5))];
    }),
  );
}

/** Puts sentences in order by their words and their passages' places, best first. */
export function scoreByWords(asked: Asked, sentences: readonly CandidateSentence[]): ScoredSentence[] {
  const best = Math.max(...sentences.map((each) => each.passage.candidate.score), Number.EPSILON);
  return sentences.map((sentence) => scoreOne(asked, sentence, best)).sort(byScore);
}

function scoreOne(asked: Asked, sentence: CandidateSentence, bestPassage: number): ScoredSentence {
  const named = namedTerms(asked, sentence);
  const inContext = [...asked.weights.keys()].filter((term) => !named.has(term) && sentence.context.has(term));
  const scored = {
    sentence,
    named,
    coverage: shareOf(asked, named),
    contextCoverage: shareOf(asked, inContext),
    holdsKind: asked.kind === null ? null : holdsKind(sentence.readable, asked.kind),
    passage: Math.max(0, sentence.passage.candidate.score / bestPassage),
    vector: null,
    cosine: null,
  };
  return { ...scored, score: wordScore(scored) + PASSAGE_BEFORE_COSINE * scored.passage };
}

function namedTerms({ text, weights }: Asked, sentence: CandidateSentence): Set<string> {
  const numbers = coveredNumbers(text, sentence.text);
  return new Set([...weights.keys()].filter((term) => sentence.terms.has(term) || numbers.has(term)));
}

/** Share of the question's weighted terms: 0…1. */
export function shareOf({ weights }: Asked, terms: Iterable<string>): number {
  let total = 0;
  for (const weight of weights.values()) total += weight;
  let covered = 0;
  for (const term of terms) covered += weights.get(term) ?? 0;
  return total === 0 ? 0 : covered / total;
}

/**
 * Puts sentences in order by words, place and meaning, best first.
 * @param vectors `Float32Array[]` — [sentence][dimension], of their meanings, unit length
 */
export function scoreByMeaning(
  sentences: readonly ScoredSentence[],
  question: Float32Array,
  vectors: readonly Float32Array[],
): ScoredSentence[] {
  return sentences
    .map((each, i): ScoredSentence => {
      const vector = vectors[i] ?? null;
      const cosine = vector === null ? 0 : dot(question, vector);
      const score = wordScore(each) + WEIGHTS.cosine * cosine + WEIGHTS.passage * each.passage;
      return { ...each, vector, cosine, score };
    })
    .sort(byScore);
}

function wordScore(scored: Pick<ScoredSentence, 'coverage' | 'contextCoverage' | 'holdsKind'>): number {
  const kind = scored.holdsKind === null ? 0 : scored.holdsKind ? WEIGHTS.kind : -WEIGHTS.kind;
  return WEIGHTS.coverage * scored.coverage + WEIGHTS.context * scored.contextCoverage + kind;
}

function byScore(a: ScoredSentence, b: ScoredSentence): number {
  return b.score - a.score;
}

/** Cosine of two unit vectors. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
