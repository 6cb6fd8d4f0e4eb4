import { measure } from './measure.ts';
import type { Span } from './sentences.ts';
import { type Cutting, cutSpan, type Unit } from './units.ts';

/** Units that become one chunk. `start` lies before the first unit where the chunk repeats the end of the one before. */
export interface Pack extends Span {
  readonly tokens: number;
  readonly weight: number;
  /** Indexes of the first and the last unit, inclusive. */
  readonly first: number;
  readonly last: number;
}

/** How units are put together. */
export interface PackRules {
  /** Largest weight of a pack. */
  readonly limit: number;
  /** Largest weight repeated from the pack before. */
  readonly overlap: number;
  /** Whether a new pack must begin at this unit although it would fit; `packed` is the weight so far. */
  breaksBefore(units: readonly Unit[], index: number, pack: { first: number; weight: number }): boolean;
  /** Whether the pack that begins at this unit repeats the end of the one before. */
  overlapsBefore(units: readonly Unit[], index: number): boolean;
  /** Whether the unit belongs to what follows (a heading) and must not end a pack. */
  leads(unit: Unit): boolean;
}

/** Packs units in order, greedily. Every unit is in at least one pack. */
export function packUnits(units: readonly Unit[], rules: PackRules, cutting: Cutting): Pack[] {
  const packs: Pack[] = [];
  let first = 0;
  let weight = 0;
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index] as Unit;
    if (index > first) {
      const full = weight + unit.weight > rules.limit;
      if (full || rules.breaksBefore(units, index, { first, weight })) {
        const next = full ? backOverLeading(units, first, index, rules) : index;
        packs.push(packOf(units, first, next - 1, packs, rules, cutting));
        first = next;
        weight = weightOf(units, first, index);
      }
    }
    weight += unit.weight;
  }
  if (units.length > 0) packs.push(packOf(units, first, units.length - 1, packs, rules, cutting));
  return packs;
}

/** Headings at the end of a full pack move on with what they head, if that leaves something behind and fits. */
function backOverLeading(units: readonly Unit[], first: number, index: number, rules: PackRules): number {
  let next = index;
  let carried = (units[index] as Unit).weight;
  while (next - 1 > first && rules.leads(units[next - 1] as Unit)) {
    carried += (units[next - 1] as Unit).weight;
    if (carried > rules.limit) break;
    next -= 1;
  }
  return next;
}

function weightOf(units: readonly Unit[], from: number, to: number): number {
  let weight = 0;
  for (let index = from; index < to; index += 1) weight += (units[index] as Unit).weight;
  return weight;
}

function packOf(
  units: readonly Unit[],
  first: number,
  last: number,
  packs: readonly Pack[],
  rules: PackRules,
  cutting: Cutting,
): Pack {
  let tokens = 0;
  let weight = 0;
  for (let index = first; index <= last; index += 1) {
    tokens += (units[index] as Unit).tokens;
    weight += (units[index] as Unit).weight;
  }
  const start = (units[first] as Unit).start;
  const end = (units[last] as Unit).end;
  const before = packs.at(-1);
  const room = Math.min(rules.overlap, rules.limit - weight);
  if (before === undefined || room < 4 || !rules.overlapsBefore(units, first))
    return { start, end, tokens, weight, first, last };
  const tail = tailOf(units[first - 1] as Unit, room, cutting);
  if (tail === null) return { start, end, tokens, weight, first, last };
  return { start: tail.start, end, tokens: tokens + tail.tokens, weight: weight + tail.weight, first, last };
}

/** The last sentences of a unit that weigh at most `room`, else its last words. */
function tailOf(unit: Unit, room: number, cutting: Cutting): { start: number; tokens: number; weight: number } | null {
  const inside = { ...cutting, limit: room };
  const pieces = cutSpan(unit, 'sentence', inside);
  let start = unit.end;
  let weight = 0;
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index];
    if (piece === undefined || weight + piece.weight > room) break;
    weight += piece.weight;
    start = piece.start;
  }
  if (start >= unit.end) return null;
  const size = measure(cutting.text.slice(start, unit.end), cutting.counter);
  return size.weight > room ? null : { start, ...size };
}
