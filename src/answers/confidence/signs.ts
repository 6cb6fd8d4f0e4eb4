import type { ScoredSentence } from '../extractive/score-sentences.ts';
import { type Asked, shareOf } from '../extractive/score-sentences.ts';
import type { Passage } from '../evidence/passage.ts';

/** What the signs are read from. */
export interface Grounds {
  readonly asked: Asked;
  /** Best first, with cosines. */
  readonly ranked: readonly ScoredSentence[];
  /** Best first. */
  readonly passages: readonly Passage[];
}

/** The signs, in the order of {@link signsOf}; each about 0…1. */
export const signNames = [
  'passageCosine',
  'sentenceCosine',
  'sentenceCosineMean',
  'sentenceCoverage',
  'sentenceOrContextCoverage',
  'passageCoverage',
  'lexical',
  'cosineGap',
  'agreement',
  'kindHeld',
  'kindMissing',
] as const;

/**
 * Signs that the passages found carry an answer: how near the nearest passage and sentences come in meaning, how much of the
 * question (weighted by rarity) they name, how the first document stands out, whether both rankings begin with the same one,
 * and whether the sentence holds the kind of thing asked for.
 * @returns numbers in the order of {@link signNames}
 */
export function signsOf({ asked, ranked, passages }: Grounds): number[] {
  const [best] = ranked;
  const cosines = ranked.map(({ cosine }) => cosine ?? 0).sort((a, b) => b - a);
  const byDocument = bestByDocument(passages);
  return [
    byDocument[0] ?? 0,
    cosines[0] ?? 0,
    mean(cosines.slice(0, 3)),
    Math.max(0, ...ranked.map(({ coverage }) => coverage)),
    best === undefined ? 0 : best.coverage + best.contextCoverage,
    Math.max(0, ...passages.slice(0, 3).map((passage) => passageCoverage(asked, ranked, passage))),
    lexicalShare(asked, passages),
    (byDocument[0] ?? 0) - (byDocument[1] ?? 0),
    firstOf(passages, 'text') === firstOf(passages, 'vector') ? 1 : 0,
    best?.holdsKind === true ? 1 : 0,
    best?.holdsKind === false ? 1 : 0,
  ];
}

/** Cosine of each document's nearest passage, highest first. */
function bestByDocument(passages: readonly Passage[]): number[] {
  const best = new Map<string, number>();
  for (const { documentId, candidate } of passages)
    best.set(documentId, Math.max(best.get(documentId) ?? 0, candidate.cosine ?? 0));
  return [...best.values()].sort((a, b) => b - a);
}

/** Share of the question that the compared sentences of a passage name together. */
function passageCoverage(asked: Asked, ranked: readonly ScoredSentence[], passage: Passage): number {
  const terms = new Set<string>();
  for (const { sentence, named } of ranked) {
    if (sentence.passage.documentId !== passage.documentId) continue;
    for (const term of named) terms.add(term);
    for (const term of asked.weights.keys()) if (sentence.context.has(term)) terms.add(term);
  }
  return shareOf(asked, terms);
}

/** BM25 tops out near (k1 + 1) times the sum of the terms' rarities; Robertson and Zaragoza 2009. */
const BM25_CEILING = 2.2;

/** The best BM25 score as a share of what a passage with every term of the question many times could reach. */
function lexicalShare({ weights }: Asked, passages: readonly Passage[]): number {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const best = Math.max(0, ...passages.map(({ candidate }) => candidate.text?.score ?? 0));
  return total === 0 ? 0 : Math.min(2, best / (BM25_CEILING * total));
}

function firstOf(passages: readonly Passage[], ranking: 'text' | 'vector'): string | undefined {
  let first: Passage | undefined;
  for (const passage of passages) {
    const rank = passage.candidate[ranking]?.rank ?? Number.POSITIVE_INFINITY;
    if (rank < (first?.candidate[ranking]?.rank ?? Number.POSITIVE_INFINITY)) first = passage;
  }
  return first?.documentId;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
