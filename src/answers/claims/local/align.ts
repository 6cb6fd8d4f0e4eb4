import type { Element } from './reading/elements.ts';
import { sameAmount } from './reading/amounts.ts';
import { tellsDate } from './reading/dates.ts';
import type { ReadSource } from './read-source.ts';

/** Which element of a source sentence says what an element of a claim says. */
export interface Alignment {
  /** For each element of the claim the position of its counterpart, -1: none. */
  readonly toSource: Int16Array;
  /** For each element of the sentence the position of its counterpart, -1: none. */
  readonly toClaim: Int16Array;
  /** For each element of the claim, 1: the counterpart stands at another place in the order. */
  readonly moved: Uint8Array;
}

/** A claim beside a sentence. */
export interface Pairing {
  readonly claim: readonly Element[];
  readonly sentence: readonly Element[];
  readonly alignment: Alignment;
  readonly source: ReadSource;
  /** 0…1. */
  readonly coverage: number;
}

/** Sentences longer than this are compared only as far. Elements. */
const LONGEST = 160;

/**
 * Weighted longest common subsequence, then what is left is matched wherever it stands.
 * @see https://en.wikipedia.org/wiki/Longest_common_subsequence
 */
export function align(claim: readonly Element[], sentence: readonly Element[]): Alignment {
  const rows = Math.min(claim.length, LONGEST);
  const columns = Math.min(sentence.length, LONGEST);
  const width = columns + 1;
  const best = new Float32Array((rows + 1) * width);
  const gains = new Float32Array(rows * columns);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const gain = gainOf(claim[i] as Element, sentence[j] as Element);
      gains[i * columns + j] = gain;
      const skip = Math.max(best[(i + 1) * width + j] as number, best[i * width + j + 1] as number);
      best[i * width + j] = gain === 0 ? skip : Math.max(skip, gain + (best[(i + 1) * width + j + 1] as number));
    }
  }
  const alignment = {
    toSource: new Int16Array(claim.length).fill(-1),
    toClaim: new Int16Array(sentence.length).fill(-1),
    moved: new Uint8Array(claim.length),
  };
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const here = best[i * width + j] as number;
    if (here === (best[(i + 1) * width + j] as number)) i += 1;
    else if (here === (best[i * width + j + 1] as number)) j += 1;
    else join(alignment, i++, j++);
  }
  matchMoved(alignment, claim, { gains, rows, columns });
  detachNegations(alignment, claim, sentence);
  return alignment;
}

/** A negation of one thing is not the negation of another: its next word must be the counterpart's next word too. */
function detachNegations(alignment: Alignment, claim: readonly Element[], sentence: readonly Element[]): void {
  claim.forEach((element, i) => {
    const j = alignment.toSource[i] as number;
    const next = neighbour(claim, i, 1);
    if (element.kind !== 'negation' || j === -1 || next === -1) return;
    const meant = alignment.toSource[next] as number;
    if (meant === -1 || meant === neighbour(sentence, j, 1)) return;
    alignment.toSource[i] = -1;
    alignment.toClaim[j] = -1;
  });
}

function join(alignment: Alignment, i: number, j: number): void {
  alignment.toSource[i] = j;
  alignment.toClaim[j] = i;
}

function matchMoved(
  alignment: Alignment,
  claim: readonly Element[],
  { gains, rows, columns }: { gains: Float32Array; rows: number; columns: number },
): void {
  for (let i = 0; i < rows; i += 1) {
    const element = claim[i] as Element;
    if (alignment.toSource[i] !== -1 || !(isContent(element) || element.kind === 'function')) continue;
    for (let j = 0; j < columns; j += 1) {
      if (alignment.toClaim[j] !== -1 || (gains[i * columns + j] as number) === 0) continue;
      join(alignment, i, j);
      alignment.moved[i] = 1;
      break;
    }
  }
}

/** Whether an element says something by itself: words, numbers, dates. */
export function isContent(element: Element): boolean {
  return element.kind === 'word' || element.kind === 'amount' || element.kind === 'date';
}

/** The nearest element with content of its own, -1: none. */
export function neighbour(elements: readonly Element[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < elements.length; at += step) {
    if (isContent(elements[at] as Element)) return at;
  }
  return -1;
}

/** How much it counts that two elements say the same; 0: they do not. */
function gainOf(claim: Element, source: Element): number {
  if (claim.kind !== source.kind) return 0;
  if (claim.kind === 'word') return wordGain(claim, source);
  if (claim.kind === 'function') return claim.key === source.key ? 0.2 : 0;
  if (claim.kind === 'amount' || claim.kind === 'date') return numberGain(claim, source);
  if (claim.kind === 'quantifier') return claim.mask === source.mask ? 1 : 0;
  if (claim.kind === 'modal') return (claim.mask & source.mask) === 0 ? 0 : 1;
  return claim.key === source.key ? 1 : 0;
}

function numberGain(claim: Element, source: Element): number {
  if (claim.amount !== null && source.amount !== null) return sameAmount(claim.amount, source.amount) ? 3 : 0;
  return claim.date !== null && source.date !== null && tellsDate(source.date, claim.date) ? 3 : 0;
}

function wordGain(claim: Element, source: Element): number {
  if (claim.key === source.key) return claim.capital ? 3 : 2;
  return sharesGroup(claim, source) ? 1.8 : 0;
}

function sharesGroup(a: Element, b: Element): boolean {
  const groups = b.meaning?.groups;
  return groups !== undefined && a.meaning !== null && a.meaning.groups.some((group) => groups.includes(group));
}
