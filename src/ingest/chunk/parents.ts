import { isOutsidePage } from '../parse/parsed-document.ts';
import type { Pack } from './pack.ts';
import type { Span } from './sentences.ts';
import type { Unit } from './units.ts';

/**
 * Finds the section around a chunk: the outermost one that is small enough, else as many neighbours as fit. Text outside
 * the visible page is never in the section of text inside it.
 */
export class ParentFinder {
  readonly #units: readonly Unit[];
  readonly #limit: number;
  /** Weight of all units before the n-th. */
  readonly #before: Float64Array;
  /** Per unit, the index of the first unit of its stretch of seen or unseen text. */
  readonly #stretches: Int32Array;
  /** Per depth, per unit, the index of the first unit of its section. */
  readonly #sections: Int32Array[] = [];

  /** @param limit largest weight of a parent */
  constructor(units: readonly Unit[], limit: number) {
    this.#units = units;
    this.#limit = limit;
    this.#before = new Float64Array(units.length + 1);
    let deepest = 0;
    units.forEach((unit, index) => {
      this.#before[index + 1] = (this.#before[index] ?? 0) + unit.weight;
      deepest = Math.max(deepest, unit.block.headingPath.length);
    });
    this.#stretches = runStarts(units, (one, other) => isOutsidePage(one) === isOutsidePage(other));
    for (let depth = 1; depth <= deepest; depth += 1)
      this.#sections.push(runStarts(units, (one, other) => sharesPath(one, other, depth)));
  }

  /** The parent of a chunk; contains it. */
  find(pack: Pack): Span {
    const first = pack.from;
    for (let depth = 0; depth <= this.#sections.length; depth += 1) {
      const [from, to] = this.#section(first, pack.last, depth);
      if (this.#weight(from, to) <= this.#limit) return this.#span(from, to);
    }
    return this.#neighbours(first, pack);
  }

  #section(first: number, last: number, depth: number): [number, number] {
    const starts = this.#sections[depth - 1] ?? this.#stretches;
    const from = starts[first] ?? first;
    let to = last;
    const end = starts[last];
    while (to + 1 < starts.length && starts[to + 1] === end && this.#weight(from, to + 1) <= this.#limit + 1) to += 1;
    return [from, to];
  }

  #weight(from: number, to: number): number {
    return (this.#before[to + 1] ?? 0) - (this.#before[from] ?? 0);
  }

  #span(from: number, to: number): Span {
    return { start: (this.#units[from] as Unit).start, end: (this.#units[to] as Unit).end };
  }

  /** Grows the chunk by whole units, forwards and backwards in turn, inside its own section. */
  #neighbours(first: number, pack: Pack): Span {
    let from = first;
    let to = pack.last;
    if (this.#weight(from, to) > this.#limit) return { start: pack.start, end: pack.end };
    const starts = this.#sections.at(-1) ?? this.#stretches;
    const same = (one: number, other: number): boolean => starts[one] === starts[other];
    for (let grown = true; grown; ) {
      grown = false;
      if (to + 1 < this.#units.length && same(to + 1, to) && this.#weight(from, to + 1) <= this.#limit) {
        to += 1;
        grown = true;
      }
      if (from > 0 && same(from - 1, from) && this.#weight(from - 1, to) <= this.#limit) {
        from -= 1;
        grown = true;
      }
    }
    return this.#span(from, to);
  }
}

type Path = readonly string[];

/** Per unit, the index of the first of its run of neighbours whose heading paths belong together. */
function runStarts(units: readonly Unit[], belong: (one: Path, other: Path) => boolean): Int32Array {
  const starts = new Int32Array(units.length);
  for (let index = 1; index < units.length; index += 1) {
    const one = (units[index - 1] as Unit).block.headingPath;
    const other = (units[index] as Unit).block.headingPath;
    starts[index] = one === other || belong(one, other) ? (starts[index - 1] ?? 0) : index;
  }
  return starts;
}

function sharesPath(one: Path, other: Path, depth: number): boolean {
  if (Math.min(one.length, depth) !== Math.min(other.length, depth)) return false;
  for (let index = 0; index < Math.min(one.length, depth); index += 1) if (one[index] !== other[index]) return false;
  return true;
}
