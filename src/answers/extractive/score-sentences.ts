import { analyse } from '../../retrieval/index.ts';
import { type AskedAttribute, askedAttribute } from './asked-attribute.ts';
import { type AskedKind, askedKind, holdsKind } from './asked-kind.ts';
import type { CandidateSentence } from './candidate-sentences.ts';
import { coveredNumbers } from './number-ranges.ts';
import { rankingWeights } from './ranking-weights.ts';
import { type RowTraits, rowTraits } from './row-traits.ts';
import { meaningTraits, WORD_TRAITS, wordTraits } from './sentence-traits.ts';
import { synonymsOf } from './synonyms.ts';
import { weightedSum } from './weighted-sum.ts';

/** What a question asks for, as far as scoring needs it. */
export interface Asked {
  readonly text: string;
  readonly kind: AskedKind | null;
  /** What it asks about its subject; null: no noun says it. */
  readonly attribute: AskedAttribute | null;
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
  /** Share that it names by a synonym only: 0…1. */
  readonly akin: number;
  /** Share that only its headings, label or column names name, themselves or by a synonym: 0…1. */
  readonly contextCoverage: number;
  /** What a row of a table has to do with the question. */
  readonly row: RowTraits;
  /** Whether it holds the kind of thing asked for; null: no kind is asked for. */
  readonly holdsKind: boolean | null;
  /** Its passage's fused score in relation to the best passage's: 0…1. */
  readonly passage: number;
  /** Unit vector of its meaning; null while unknown. */
  readonly vector: Float32Array | null;
  /** Cosine of its meaning and the question; null while unknown. */
  readonly cosine: number | null;
  /** In the order of `traitNames`; those of meaning are there once the cosine is known. */
  readonly traits: readonly number[];
  /** Higher is better, comparable within one question and one stage: the logarithm of the odds of being the answer, up to a constant. */
  readonly score: number;
}

/** Words that ask and are not asked about: `how long`, `do I get`. */
const ASKING = new Set([
  ...analyse(
    'how long many much often soon fast get gets got may might can could shall will would please happen happens possible',
  ),
  ...analyse('viele vielen wieviel wieviele lange oft bald bekomme bekommt', 'de'),
  ...analyse('combien quand puis peut peuvent', 'fr'),
  ...analyse('cuánto cuánta cuántos cuántas cuándo puedo puede pueden', 'es'),
]);

/** Reads a question against the candidates for its answer. */
export function readQuestion(text: string, terms: readonly string[], sentences: readonly CandidateSentence[]): Asked {
  return { text, kind: askedKind(text), attribute: askedAttribute(text), weights: rarity(terms, sentences) };
}

/** Without the words that only ask, unless there are no others. */
export function subjectTerms(terms: readonly string[]): readonly string[] {
  const subject = terms.filter((term) => !ASKING.has(term));
  return subject.length === 0 ? terms : subject;
}

/** How rare each question term is among the candidate sentences; BM25's inverse document frequency. */
function rarity(terms: readonly string[], sentences: readonly CandidateSentence[]): Map<string, number> {
  const total = sentences.length;
  return new Map(
    [...new Set(subjectTerms(terms))].map((term) => {
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
  const akin = [...asked.weights.keys()].filter((term) => !named.has(term) && meets(term, sentence.terms));
  const inContext = [...asked.weights.keys()].filter(
    (term) => !named.has(term) && !akin.includes(term) && (sentence.context.has(term) || meets(term, sentence.context)),
  );
  const row = rowTraits(sentence, asked.weights, asked.kind);
  const scored = {
    sentence,
    named,
    row,
    coverage: shareOf(asked, named),
    akin: shareOf(asked, akin),
    contextCoverage: shareOf(asked, inContext),
    holdsKind: asked.kind === null ? null : holdsKind(sentence.readable, asked.kind),
    passage: Math.max(0, sentence.passage.candidate.score / bestPassage),
    vector: null,
    cosine: null,
  };
  const traits = wordTraits(asked, scored);
  return { ...scored, traits, score: weightedSum(traits, rankingWeights.byWords) };
}

/** Whether a synonym of the term is among the terms. */
function meets(term: string, terms: ReadonlySet<string>): boolean {
  for (const synonym of synonymsOf(term)) if (terms.has(synonym)) return true;
  return false;
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
  const nearest = Math.max(...sentences.map(passageCosine));
  return sentences
    .map((each, i): ScoredSentence => {
      const vector = vectors[i] ?? null;
      const cosine = vector === null ? 0 : dot(question, vector);
      const traits = [
        ...each.traits.slice(0, WORD_TRAITS),
        ...meaningTraits(each, cosine, passageCosine(each) - nearest),
      ];
      return { ...each, vector, cosine, traits, score: weightedSum(traits, rankingWeights.byMeaning) };
    })
    .sort(byScore);
}

function passageCosine({ sentence }: ScoredSentence): number {
  return sentence.passage.candidate.cosine ?? 0;
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
