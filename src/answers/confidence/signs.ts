import { carriedTerm, traitNames } from '../extractive/sentence-traits.ts';
import { type Asked, dot, type ScoredSentence } from '../extractive/score-sentences.ts';
import type { Passage } from '../evidence/passage.ts';

/** What the reader of answers says of a ranking: logarithms of odds that a sentence answers. */
export interface ReadOdds {
  /** Of the first. */
  readonly own: number;
  /** The most of all that were read. */
  readonly most: number;
}

/** What the signs are read from. */
export interface Grounds {
  readonly asked: Asked;
  /** Best first, with cosines. */
  readonly ranked: readonly ScoredSentence[];
  /** Best first. */
  readonly passages: readonly Passage[];
  /** What the reader of answers says of `ranked`; null: it was not read. */
  readonly odds: ReadOdds | null;
}

/**
 * Traits of the best sentence that count only where it lacks what is asked for: most sentences that are near hold a value of the kind,
 * whether it is the one asked for or not, so that holding one says little.
 */
export const LACKING: readonly (typeof traitNames)[number][] = ['valueKind', 'otherKind'];

/** The best sentence's traits that are signs. */
const OWN_TRAITS = [
  'coverage',
  'likeness',
  'likenessWithContext',
  'likenessBack',
  'rowKey',
  'rowAttribute',
  'valueKind',
  'otherKind',
  'rule',
  'shape',
  'counted',
  'figures',
  'attribute',
  'weakest',
  'row',
] as const;

/** The signs, in the order of {@link signsOf}; each about 0…1 or −1…1. */
export const signNames = [
  ...OWN_TRAITS,
  'bestCosine',
  'rarestCarried',
  'passageCosine',
  'sentenceCosine',
  'sentenceCosineMean',
  'cosineLead',
  'cosineStandout',
  'likenessLead',
  'share',
] as const;

/** The signs that follow them where the best sentence was read. */
export const readSignNames = ['odds', 'mostOdds'] as const;

/** Which way a sign may speak when curves are fitted: 1 for an answer, 0 either way. */
export const directions: readonly number[] = [...signNames, ...readSignNames].map((name) => (name === 'row' ? 0 : 1));

/** Beyond this the reader is as sure as can be: one in fifty-five. */
const SUREST = 4;

/** The logarithm of the reader's odds as far as it counts: −4…4. */
export function countedOdds(odds: number): number {
  return Math.min(SUREST, Math.max(-SUREST, odds));
}

/**
 * Signs that the passages found carry an answer: what the best sentence has of the question, in words, form and meaning; whether
 * it carries the question's rarest words; how near the nearest sentences and passages come; how it stands out from the other sentences.
 * @returns numbers in the order of {@link signNames}, then of {@link readSignNames} where the best sentence was read
 */
export function signsOf({ asked, ranked, passages, odds }: Grounds): number[] {
  const [best] = ranked;
  const cosines = ranked.map(({ cosine }) => cosine ?? 0).sort((a, b) => b - a);
  return [
    ...OWN_TRAITS.map((name) => ownSign(name, best)),
    best?.cosine ?? 0,
    best === undefined ? 0 : rarestCarried(asked, best),
    Math.max(0, ...passages.map(({ candidate }) => candidate.cosine ?? 0)),
    cosines[0] ?? 0,
    mean(cosines.slice(0, 3)),
    ...standingOut(ranked),
    ...(odds === null ? [] : [countedOdds(odds.own), countedOdds(odds.most)]),
  ];
}

function ownSign(name: (typeof OWN_TRAITS)[number], best: ScoredSentence | undefined): number {
  const trait = best?.traits[traitNames.indexOf(name)] ?? 0;
  return LACKING.includes(name) ? Math.min(0, trait) : trait;
}

/** Sentences that the best one is compared with. */
const COMPARED_WITH = 5;

/**
 * By how much the best sentence's cosine is above the next and above the mean of the next few, its likeness to the question above
 * the next; and its share of the odds.
 */
function standingOut(ranked: readonly ScoredSentence[]): number[] {
  const [best] = ranked;
  if (best === undefined) return [0, 0, 0, 0];
  const others = ranked.filter((each) => !saysTheSame(each, best));
  const cosines = others.map(({ cosine }) => cosine ?? 0).sort((a, b) => b - a);
  const own = best.cosine ?? 0;
  const odds = 1 + others.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  return [
    own - (cosines[0] ?? 0),
    own - mean(cosines.slice(0, COMPARED_WITH)),
    likenessOf(best) - Math.max(0, ...others.map(likenessOf)),
    1 / odds,
  ];
}

/** What another document says to the same effect does not compete, whether it agrees or not: cosine from here. */
const TWINS = 0.7;

function saysTheSame(one: ScoredSentence, other: ScoredSentence): boolean {
  if (one.sentence.text === other.sentence.text) return true;
  if (one.sentence.passage.documentId === other.sentence.passage.documentId) return false;
  return one.vector !== null && other.vector !== null && dot(one.vector, other.vector) >= TWINS;
}

function likenessOf({ traits }: ScoredSentence): number {
  return traits[traitNames.indexOf('likenessWithContext')] ?? 0;
}

/** Terms nearly as rare as the question's rarest. */
const RARE = 0.8;

/** How well a sentence carries the question's rarest terms: 0…1. */
function rarestCarried({ weights }: Asked, sentence: ScoredSentence): number {
  const highest = Math.max(0, ...weights.values());
  const rare = [...weights].filter(([, weight]) => weight >= RARE * highest);
  return mean(rare.map(([term]) => carriedTerm(term, sentence)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
