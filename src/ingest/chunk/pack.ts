import { isOutsidePage } from '../parse/parsed-document.ts';
import { type Size, sizeOf } from './measure.ts';
import type { Span } from './sentences.ts';
import { type Cutting, cutSpan, type Unit } from './units.ts';

/** Units that become one chunk. `start` lies before the first unit where the chunk repeats the end of the one before. */
export interface Pack extends Span {
  readonly tokens: number;
  readonly weight: number;
  /** Indexes of the first and the last unit, inclusive. */
  readonly first: number;
  readonly last: number;
  /** Index of the unit that holds `start`: before `first` where text is repeated. */
  readonly from: number;
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

/** Packs units in order, greedily. Every unit is in at least one pack; none mixes what a page shows with what it does not. */
export function packUnits(units: readonly Unit[], rules: PackRules, cutting: Cutting): Pack[] {
  const packs: Pack[] = [];
  let open: OpenPack = { first: 0, weight: 0, tail: null };
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index] as Unit;
    if (index > open.first) {
      const parted = isParted(units, index);
      const full = !parted && open.weight + unit.weight > rules.limit;
      if (full || parted || rules.breaksBefore(units, index, open)) {
        const next = full ? backOverLeading(units, { first: open.first, index }, rules) : index;
        packs.push(closed(units, open, next - 1));
        open = opened(units, { floor: open.first, first: next, index }, { rules, cutting });
      }
    }
    open.weight += unit.weight;
  }
  if (units.length > 0) packs.push(closed(units, open, units.length - 1));
  return packs;
}

/** Whether a reader sees one of this unit and the one before, and not the other. */
function isParted(units: readonly Unit[], index: number): boolean {
  const before = units[index - 1];
  const unit = units[index];
  if (before === undefined || unit === undefined) return false;
  return isOutsidePage(before.block.headingPath) !== isOutsidePage(unit.block.headingPath);
}

/** What decides how units are packed, and what they are cut from. */
interface Packing {
  readonly rules: PackRules;
  readonly cutting: Cutting;
}

/** What a pack repeats from the one before. */
interface Tail extends Size {
  readonly start: number;
  /** Index of the unit it begins in. */
  readonly from: number;
}

interface OpenPack {
  readonly first: number;
  weight: number;
  readonly tail: Tail | null;
}

/** Begins a pack; its weight is all that stands before the unit at `index`. */
function opened(
  units: readonly Unit[],
  { floor, first, index }: { floor: number; first: number; index: number },
  { rules, cutting }: Packing,
): OpenPack {
  const carried = weightOf(units, first, index);
  const room = Math.min(rules.overlap, rules.limit - carried - (units[index] as Unit).weight);
  const overlaps = room > 0 && !isParted(units, first) && rules.overlapsBefore(units, first);
  const tail = overlaps ? tailOf(units, { floor, first, room }, { rules, cutting }) : null;
  return { first, weight: carried + (tail?.weight ?? 0), tail };
}

function closed(units: readonly Unit[], { first, tail }: OpenPack, last: number): Pack {
  let tokens = tail?.tokens ?? 0;
  let weight = tail?.weight ?? 0;
  for (let index = first; index <= last; index += 1) {
    tokens += (units[index] as Unit).tokens;
    weight += (units[index] as Unit).weight;
  }
  const start = tail?.start ?? (units[first] as Unit).start;
  return { start, end: (units[last] as Unit).end, tokens, weight, first, last, from: tail?.from ?? first };
}

/** Headings at the end of a full pack move on with what they head, if that leaves something behind and fits. */
function backOverLeading(
  units: readonly Unit[],
  { first, index }: { first: number; index: number },
  rules: PackRules,
): number {
  let next = index;
  let carried = (units[index] as Unit).weight;
  while (next - 1 > first && rules.leads(units[next - 1] as Unit)) {
    carried += (units[next - 1] as Unit).weight;
    if (carried > rules.limit) break;
    next -= 1;
  }
  // Nothing but headings: there is nothing to leave behind.
  return next - 1 === first && rules.leads(units[first] as Unit) ? index : next;
}

function weightOf(units: readonly Unit[], from: number, to: number): number {
  let weight = 0;
  for (let index = from; index < to; index += 1) weight += (units[index] as Unit).weight;
  return weight;
}

/** The end of the pack before: whole units backwards, then the last sentences of the next one, else its last words. */
function tailOf(units: readonly Unit[], { floor, first, room }: TailRange, { rules, cutting }: Packing): Tail | null {
  const size = { tokens: 0, weight: 0 };
  let from = first;
  let start = -1;
  for (let index = first - 1; index >= floor; index -= 1) {
    const unit = units[index] as Unit;
    const whole = size.weight + unit.weight <= room;
    const part = whole ? unit : lastPart(unit, room - size.weight, cutting);
    if (part === null) break;
    size.tokens += part.tokens;
    size.weight += part.weight;
    from = index;
    start = part.start;
    if (!whole || isParted(units, index) || !rules.overlapsBefore(units, index)) break;
  }
  return from === first ? null : { start, from, ...size };
}

interface TailRange {
  /** The first unit of the pack before. */
  readonly floor: number;
  /** The first unit of the new pack. */
  readonly first: number;
  /** Largest weight of the tail. */
  readonly room: number;
}

function lastPart(unit: Unit, room: number, cutting: Cutting): (Size & { start: number }) | null {
  if (room < 1) return null;
  const pieces = cutSpan(unit, 'sentence', { ...cutting, limit: room });
  let start = unit.end;
  let weight = 0;
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index];
    if (piece === undefined || weight + piece.weight > room) break;
    weight += piece.weight;
    start = piece.start;
  }
  if (start >= unit.end) return null;
  const size = sizeOf(cutting.count(start, unit.end), unit.end - start);
  return size.weight > room ? null : { start, ...size };
}
