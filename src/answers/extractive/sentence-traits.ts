import type { AskedKind } from './asked-kind.ts';
import { asksYesOrNo, countsAsked, shapeOf } from './asked-shape.ts';
import type { Asked, ScoredSentence } from './score-sentences.ts';
import { likeness, pairLikeness } from './word-likeness.ts';

/** What speaks for or against a sentence as the answer, in the order of {@link wordTraits} and {@link meaningTraits}. */
export const traitNames = [
  'coverage',
  'akin',
  'context',
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
  'length',
  'row',
  'passage',
  'passageCosine',
  'cosine',
  'rowCosine',
] as const;

/** How many of the traits are known before any meaning is compared. */
export const WORD_TRAITS = traitNames.indexOf('passageCosine');

/** Kinds that are told in figures; a sentence without one answers no such question. */
const VALUES: readonly (AskedKind | null)[] = [
  'amount',
  'time',
  'count',
  'duration',
  'extent',
  'measure',
  'frequency',
  'age',
];

/** The logarithm of a sentence of nine terms, about the middle. */
const MIDDLE_LENGTH = 2.3;

/** A row's cosine is lower than a sentence's: it says more things than one. */
const MIDDLE_ROW_COSINE = 0.45;

/** The traits of words and form; most 0…1 or −1…1, higher speaks for the sentence. */
export function wordTraits(asked: Asked, scored: Omit<ScoredSentence, 'traits' | 'score'>): number[] {
  const { sentence, named, row, coverage, akin, contextCoverage, holdsKind, passage } = scored;
  const carried = carriedTerms(asked, scored);
  const shares = carriedShares(asked, carried);
  const kind = holdsKind === null ? 0 : holdsKind ? 1 : -1;
  const yesOrNo = asksYesOrNo(asked.text);
  const shape = shapeOf(asked.text, sentence.readable);
  return [
    coverage,
    akin,
    contextCoverage,
    shares.own,
    shares.withContext,
    shareBack(asked, sentence.terms, named),
    row.key,
    row.attribute,
    VALUES.includes(asked.kind) ? kind : 0,
    VALUES.includes(asked.kind) ? 0 : kind,
    yesOrNo ? shape : 0,
    yesOrNo ? 0 : shape,
    countsAsked(asked.text, sentence.readable),
    figuresNamed(asked, named),
    attributeTold(asked, scored),
    weakestCarried(asked, carried),
    Math.log(1 + sentence.terms.size) - MIDDLE_LENGTH,
    sentence.kind === 'sentence' ? 0 : 1,
    passage,
  ];
}

/** Whether a sentence names the figures of the question or covers them by a range: 1 all, −1 none; 0 the question has none. */
function figuresNamed({ weights }: Asked, named: ReadonlySet<string>): number {
  const figures = [...weights.keys()].filter((term) => /^[a-z]{0,3}\d/.test(term));
  if (figures.length === 0) return 0;
  return (2 * figures.filter((term) => named.has(term)).length) / figures.length - 1;
}

/**
 * The traits of meaning, which follow those of words.
 * @param passageLag cosine of the sentence's passage less that of the nearest: −2…0
 */
export function meaningTraits({ sentence }: ScoredSentence, cosine: number, passageLag: number): number[] {
  return [passageLag, cosine, sentence.kind === 'sentence' ? 0 : cosine - MIDDLE_ROW_COSINE];
}

/** How well a sentence stands for a term, alone and with what stands above it: 0…1. */
interface Carried {
  readonly own: number;
  readonly withContext: number;
}

/** How well a sentence stands for a term, what stands above it counted: 0…1. */
export function carriedTerm(term: string, scored: Pick<ScoredSentence, 'sentence' | 'named'>): number {
  return carriedOf(term, scored).withContext;
}

function carriedOf(term: string, { sentence, named }: Pick<ScoredSentence, 'sentence' | 'named'>): Carried {
  if (named.has(term)) return { own: 1, withContext: 1 };
  const own = likeness(term, sentence.terms);
  return { own, withContext: Math.max(own, likeness(term, sentence.context)) };
}

/** By the question's terms. */
function carriedTerms({ weights }: Asked, scored: Pick<ScoredSentence, 'sentence' | 'named'>): Map<string, Carried> {
  return new Map(Array.from(weights.keys(), (term) => [term, carriedOf(term, scored)]));
}

/** What a word that only stands above a sentence is worth beside one in it. */
const ABOVE = 0.8;

/** How well a sentence names the attribute that is asked about, half by its head, half by what tells it from others: −.5….5; 0: none is asked about. */
function attributeTold({ attribute }: Asked, { sentence }: Pick<ScoredSentence, 'sentence'>): number {
  if (attribute === null) return 0;
  const told = (term: string): number =>
    Math.max(likeness(term, sentence.terms), ABOVE * likeness(term, sentence.context));
  const { head, modifiers } = attribute;
  const apart = modifiers.reduce((sum, term) => sum + told(term), 0) / Math.max(1, modifiers.length);
  return (modifiers.length === 0 ? told(head) : (told(head) + apart) / 2) - 0.5;
}

/** Terms of at least this share of the heaviest one's weight are what a question turns on. */
const HEAVY = 0.5;

/** How well the worst carried of the question's heavier terms is carried: 0…1. */
function weakestCarried({ weights }: Asked, carried: ReadonlyMap<string, Carried>): number {
  const heaviest = Math.max(0, ...weights.values());
  let worst = 1;
  for (const [term, weight] of weights)
    if (weight >= HEAVY * heaviest) worst = Math.min(worst, carried.get(term)?.withContext ?? 0);
  return worst;
}

function carriedShares({ weights }: Asked, carried: ReadonlyMap<string, Carried>): Carried {
  let [total, own, withContext] = [0, 0, 0];
  for (const [term, weight] of weights) {
    const found = carried.get(term);
    total += weight;
    own += weight * (found?.own ?? 0);
    withContext += weight * (found?.withContext ?? 0);
  }
  return total === 0 ? { own: 0, withContext: 0 } : { own: own / total, withContext: withContext / total };
}

/** How much of what the sentence says the question says too: a rule for others says much more. Numbers do not count. */
function shareBack({ weights }: Asked, terms: ReadonlySet<string>, named: ReadonlySet<string>): number {
  const words = [...terms].filter((term) => !/^\d/.test(term));
  if (words.length === 0) return 0;
  const nearest = (word: string): number => {
    let best = 0;
    for (const term of weights.keys()) best = Math.max(best, pairLikeness(term, word));
    return best;
  };
  return words.reduce((sum, word) => sum + (named.has(word) ? 1 : nearest(word)), 0) / words.length;
}
