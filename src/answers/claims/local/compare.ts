import { align, isContent, neighbour, type Pairing } from './align.ts';
import { findConflict, type Pair } from './find-conflict.ts';
import type { ReadSentence, ReadSource } from './read-source.ts';
import { NON_FACTIVE } from './reading/lexicon/markers.ts';
import { type Element, stemOf } from './reading/elements.ts';

/** What one sentence of a source says of a claim. */
export interface Comparison {
  readonly sentence: ReadSentence;
  /** Share of the claim's content, by weight, that the sentence carries; 0…1. */
  readonly coverage: number;
  readonly conflict: Pair | null;
  /** What the sentence does not carry, or says with a reservation; empty: it carries all of it. */
  readonly leftovers: readonly Leftover[];
}

/** Why a claim is not carried. */
export interface Leftover {
  readonly problem: 'missing' | 'added-limit' | 'dropped-limit' | 'order';
  readonly text: string;
}

const doubtful = new Set(NON_FACTIVE.map(stemOf));
const LIMITS = new Set(['negation', 'quantifier', 'modal', 'bound', 'condition']);

/** Compares a claim with one sentence. `weights`: how much each element of the claim counts. */
export function compare(
  claim: readonly Element[],
  sentence: ReadSentence,
  { source, weights }: { readonly source: ReadSource; readonly weights: readonly number[] },
): Comparison {
  const alignment = align(claim, sentence.elements);
  let carried = 0;
  let total = 0;
  claim.forEach((element, i) => {
    const weight = weights[i] ?? 0;
    total += weight;
    if (alignment.toSource[i] !== -1 || isAbove(element, source)) carried += weight;
  });
  const coverage = total === 0 ? 0 : carried / total;
  const given = { claim, sentence: sentence.elements, alignment, source, coverage };
  const leftovers = [...missing(given), ...added(given), ...dropped(given), ...reordered(given)];
  return { sentence, coverage, conflict: findConflict(given), leftovers };
}

function isAbove(element: Element, source: ReadSource): boolean {
  return element.kind === 'word' && source.context.has(element.key);
}

function missing({ claim, alignment, source }: Pairing): Leftover[] {
  return claim.flatMap((element, i) =>
    isContent(element) && alignment.toSource[i] === -1 && !isAbove(element, source)
      ? [{ problem: 'missing' as const, text: element.lower }]
      : [],
  );
}

/** Limits, negations and prepositions of the claim that the sentence does not have. */
function added({ claim, alignment }: Pairing): Leftover[] {
  return claim.flatMap((element, i) => {
    if (alignment.toSource[i] !== -1) return [];
    const limits =
      LIMITS.has(element.kind) || (element.kind === 'function' && (element.meaning?.sides.length ?? 0) > 0);
    return limits ? [{ problem: 'added-limit' as const, text: element.lower }] : [];
  });
}

/** Limits of the sentence that bear on what the claim took from it. */
function dropped(pairing: Pairing): Leftover[] {
  const { sentence, alignment } = pairing;
  return sentence.flatMap((element, j) => {
    if (alignment.toClaim[j] !== -1 || !bearsOnClaim(pairing, element, j)) return [];
    return [{ problem: 'dropped-limit' as const, text: element.lower }];
  });
}

function bearsOnClaim(pairing: Pairing, element: Element, j: number): boolean {
  const next = neighbour(pairing.sentence, j, 1);
  const before = neighbour(pairing.sentence, j, -1);
  const taken = (at: number): boolean => at !== -1 && pairing.alignment.toClaim[at] !== -1;
  if (element.kind === 'condition') return taken(next) || taken(before);
  if (element.kind === 'modal') return element.mask !== 16 && taken(next);
  if (LIMITS.has(element.kind)) return taken(next);
  if (element.kind === 'word' && doubtful.has(element.key)) return taken(next);
  return false;
}

/** A stretch told in another order may mean something else, unless it was put in front or the voice has changed. */
function reordered({ claim, sentence, alignment }: Pairing): Leftover[] {
  const isBy = ({ kind, key }: Element): boolean => kind === 'function' && key === 'by';
  const moved = claim.flatMap((element, i) => (alignment.moved[i] === 1 && isContent(element) ? [i] : []));
  if (moved.length === 0 || claim.some(isBy) !== sentence.some(isBy)) return [];
  const first = moved[0] as number;
  if (isWholePhrase({ claim, sentence, alignment }, first, moved)) return [];
  return [{ problem: 'order', text: claim[first]?.lower ?? '' }];
}

/** The moved stretch is one run here and there, and begins with a preposition in both. */
function isWholePhrase(
  { claim, sentence, alignment }: Pick<Pairing, 'claim' | 'sentence' | 'alignment'>,
  first: number,
  moved: readonly number[],
): boolean {
  const places = moved.map((i) => alignment.toSource[i] as number);
  const together = moved.every((i, n) => n === 0 || neighbour(claim, i, -1) === moved[n - 1]);
  const ascending = places.every((j, n) => n === 0 || neighbour(sentence, j, -1) === places[n - 1]);
  return (
    together &&
    ascending &&
    isPreposition(claim[first - 1], claim[first - 2]) &&
    isPreposition(sentence[(places[0] as number) - 1], sentence[(places[0] as number) - 2])
  );
}

const PREPOSITIONS = new Set(
  'in of on at for from with during before after under since until within near through across'.split(' '),
);

function isPreposition(before: Element | undefined, earlier: Element | undefined): boolean {
  const is = (element: Element | undefined): boolean => element?.kind === 'function' && PREPOSITIONS.has(element.key);
  return is(before) || is(earlier);
}
