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
const VALUES: readonly (AskedKind | null)[] = ['amount', 'time', 'count', 'duration', 'measure'];

/** The logarithm of a sentence of nine terms, about the middle. */
const MIDDLE_LENGTH = 2.3;

/** A row's cosine is lower than a sentence's: it says more things than one. */
const MIDDLE_ROW_COSINE = 0.45;

/** The traits of words and form; most 0…1 or −1…1, higher speaks for the sentence. */
export function wordTraits(asked: Asked, scored: Omit<ScoredSentence, 'traits' | 'score'>): number[] {
  const { sentence, named, row, coverage, akin, contextCoverage, holdsKind, passage } = scored;
  const carried = carriedShares(asked, scored);
  const kind = holdsKind === null ? 0 : holdsKind ? 1 : -1;
  const yesOrNo = asksYesOrNo(asked.text);
  const shape = shapeOf(asked.text, sentence.readable);
  return [
    coverage,
    akin,
    contextCoverage,
    carried.own,
    carried.withContext,
    shareBack(asked, sentence.terms, named),
    row.key,
    row.attribute,
    VALUES.includes(asked.kind) ? kind : 0,
    VALUES.includes(asked.kind) ? 0 : kind,
    yesOrNo ? shape : 0,
    yesOrNo ? 0 : shape,
    countsAsked(asked.text, sentence.readable),
    figuresNamed(asked, named),
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

/** How well a sentence stands for each of the question's terms, alone and with what stands above it: 0…1. */
export function carriedTerm(term: string, { sentence, named }: Pick<ScoredSentence, 'sentence' | 'named'>): number {
  if (named.has(term)) return 1;
  return Math.max(likeness(term, sentence.terms), likeness(term, sentence.context));
}

function carriedShares(
  { weights }: Asked,
  scored: Pick<ScoredSentence, 'sentence' | 'named'>,
): { readonly own: number; readonly withContext: number } {
  let [total, own, withContext] = [0, 0, 0];
  for (const [term, weight] of weights) {
    total += weight;
    own += weight * (scored.named.has(term) ? 1 : likeness(term, scored.sentence.terms));
    withContext += weight * carriedTerm(term, scored);
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
