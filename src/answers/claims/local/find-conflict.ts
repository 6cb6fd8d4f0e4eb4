import type { ConflictKind } from '../claim.ts';
import { isContent, neighbour, type Pairing } from './align.ts';
import type { Amount } from './reading/amounts.ts';
import { datesDiffer } from './reading/dates.ts';
import type { Element } from './reading/elements.ts';

/** The elements that cannot both be true. */
export interface Pair {
  readonly kind: ConflictKind;
  readonly claim: Element;
  readonly source: Element;
}

/** Below this share of the claim's rest the sentence may be about something else. */
const ABOUT_THE_SAME = 0.5;
/** A negation turns a statement over only when nearly all of it is the same statement. */
const SAME_STATEMENT = 0.7;

/** The first pair of a claim and a sentence that cannot both be true; null: none is seen. */
export function findConflict(pairing: Pairing): Pair | null {
  return negation(pairing) ?? inSlots(pairing);
}

function negation({ claim, sentence, alignment, coverage }: Pairing): Pair | null {
  if (coverage < SAME_STATEMENT) return null;
  const here = claim.findIndex((element, i) => {
    if (element.kind !== 'negation' || alignment.toSource[i] !== -1) return false;
    const next = neighbour(claim, i, 1);
    return next !== -1 && alignment.toSource[next] !== -1 && alignment.moved[next] === 0;
  });
  const there = sentence.findIndex((element, j) => {
    if (element.kind !== 'negation' || alignment.toClaim[j] !== -1) return false;
    const next = neighbour(sentence, j, 1);
    return next !== -1 && alignment.toClaim[next] !== -1;
  });
  if ((here === -1) === (there === -1)) return null;
  if (here !== -1) {
    const next = neighbour(claim, here, 1);
    return {
      kind: 'negation',
      claim: claim[here] as Element,
      source: sentence[alignment.toSource[next] as number] as Element,
    };
  }
  const next = neighbour(sentence, there, 1);
  return {
    kind: 'negation',
    claim: claim[alignment.toClaim[next] as number] as Element,
    source: sentence[there] as Element,
  };
}

/** Looks for each leftover's counterpart between its matched neighbours. */
function inSlots(pairing: Pairing): Pair | null {
  const { claim, alignment } = pairing;
  for (let i = 0; i < claim.length; i += 1) {
    const element = claim[i] as Element;
    if (!isContent(element) && element.kind !== 'function') continue;
    if (alignment.toSource[i] !== -1 && alignment.moved[i] === 0) continue;
    if (restCarried(pairing, i) < ABOUT_THE_SAME) continue;
    const found = counterpart(pairing, i);
    if (found !== null) return found;
  }
  return null;
}

/** The share of the claim's other content that the sentence carries, each element counted once; 0…1. */
function restCarried({ claim, alignment }: Pairing, but: number): number {
  let carried = 0;
  let total = 0;
  claim.forEach((element, i) => {
    if (i === but || !isContent(element)) return;
    total += 1;
    if (alignment.toSource[i] !== -1) carried += 1;
  });
  return total === 0 ? 0 : carried / total;
}

function counterpart(pairing: Pairing, i: number): Pair | null {
  const { claim, sentence, alignment } = pairing;
  const element = claim[i] as Element;
  const [from, to] = slotOf(pairing, i);
  for (let j = from; j < to; j += 1) {
    if (alignment.toClaim[j] !== -1) continue;
    const other = sentence[j] as Element;
    const kind = conflictOf(pairing, { element, i, other, j });
    if (kind !== null) return { kind, claim: element, source: other };
  }
  return null;
}

/** The stretch of the sentence between the counterparts of the matched neighbours. */
function slotOf({ claim, sentence, alignment }: Pairing, i: number): readonly [number, number] {
  let from = 0;
  let to = sentence.length;
  for (let at = i - 1; at >= 0; at -= 1) {
    if (isAnchor(at)) {
      from = (alignment.toSource[at] as number) + 1;
      break;
    }
  }
  for (let at = i + 1; at < claim.length; at += 1) {
    if (isAnchor(at)) {
      to = alignment.toSource[at] as number;
      break;
    }
  }
  return [from, to];

  function isAnchor(at: number): boolean {
    return isContent(claim[at] as Element) && alignment.toSource[at] !== -1 && alignment.moved[at] === 0;
  }
}

interface Candidates {
  readonly element: Element;
  readonly i: number;
  readonly other: Element;
  readonly j: number;
}

function conflictOf(pairing: Pairing, { element, i, other, j }: Candidates): ConflictKind | null {
  if (element.amount !== null && other.amount !== null) return amountConflict(element.amount, other.amount);
  if (element.date !== null && other.date !== null) return datesDiffer(element.date, other.date) ? 'date' : null;
  if (areOpposite(element, other)) return 'opposite';
  const names = isName(pairing, pairing.claim, i) && isName(pairing, pairing.sentence, j);
  return names ? 'name' : null;
}

const DURATIONS = new Set(['time', 'span', 'workday']);
const MONEY = new Set(['usd', 'cad', 'aud', 'eur', 'gbp', 'jpy', 'chf', 'inr', 'cny', 'sek', 'nok']);

/** Amounts of different things do not conflict. */
function amountConflict(a: Amount, b: Amount): ConflictKind | null {
  const comparable =
    dimensionOf(a) === dimensionOf(b) ||
    ((a.family === null || b.family === null) && a.family !== 'ordinal' && b.family !== 'ordinal');
  if (a.number === b.number)
    return a.family !== null && b.family !== null && a.family !== 'ordinal' && b.family !== 'ordinal' ? 'unit' : null;
  return comparable ? 'number' : null;
}

function dimensionOf({ family }: Amount): string | null {
  if (family === null) return null;
  if (DURATIONS.has(family)) return 'duration';
  return MONEY.has(family) ? 'money' : family;
}

function areOpposite(a: Element, b: Element): boolean {
  const sides = b.meaning?.sides;
  return sides !== undefined && a.meaning !== null && a.meaning.sides.some((side) => sides.includes(side ^ 1));
}

/** Written with a capital for what it is, not for where it stands. */
function isName({ source }: Pairing, elements: readonly Element[], at: number): boolean {
  const element = elements[at] as Element;
  if (element.kind !== 'word' || !element.capital) return false;
  return at > 0 || source.names.has(element.lower) || elements[1]?.capital === true;
}
