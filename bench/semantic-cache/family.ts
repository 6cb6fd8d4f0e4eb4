/** How a near miss differs from the question it is near to. */
export type Difference =
  | 'number'
  | 'date'
  | 'name'
  | 'negation'
  | 'polarity'
  | 'comparison'
  | 'scope'
  | 'roles'
  | 'tense'
  | 'kind';

/**
 * A question, ways to ask the same, and questions that look alike and ask something else. Slots: `{n}` a number in digits,
 * `{w}` the same in words, `{d}` a date, `{e}` the same date written otherwise, `{p}` a name, `{q}` another name;
 * `{N}`, `{D}`, `{P}`: another value than `{n}`, `{d}`, `{p}`.
 */
export interface Family {
  readonly base: string;
  readonly same: readonly string[];
  readonly different: readonly (readonly [Difference, string])[];
}

/** Values of the slots of one question. */
type Filling = Readonly<Record<'n' | 'w' | 'N' | 'd' | 'e' | 'D' | 'p' | 'q' | 'P', string>>;

/** A question that was answered, and one that is asked. */
export interface Case {
  readonly kept: string;
  readonly asked: string;
  /** Null: the answer to one is the answer to the other. */
  readonly difference: Difference | null;
}

const NUMBERS = [
  ['2', 'two'],
  ['3', 'three'],
  ['5', 'five'],
  ['8', 'eight'],
  ['10', 'ten'],
  ['12', 'twelve'],
  ['15', 'fifteen'],
  ['20', 'twenty'],
  ['30', 'thirty'],
  ['40', 'forty'],
] as const;
const MONTHS = ['January', 'March', 'April', 'June', 'August', 'September', 'October', 'November'] as const;
const NAMES = [
  ['Berlin', 'Madrid', 'Lisbon', 'Toronto', 'Nairobi', 'Osaka', 'Helsinki', 'Warsaw'],
  ['Northwind', 'Globex', 'Initech', 'Umbra', 'Vandelay', 'Hooli', 'Acme', 'Zenith'],
] as const;

/** Cases of every family, each filled `fillings` times; the same seed gives the same cases. @param random 0 … 1, exclusive */
export function casesOf(families: readonly Family[], fillings: number, random: () => number): Case[] {
  return families.flatMap((family) =>
    Array.from({ length: hasSlots(family) ? fillings : 1 }, () => fillingOf(random)).flatMap((filling) => {
      const kept = filled(family.base, filling);
      const same = family.same.map((text) => ({ kept, asked: filled(text, filling), difference: null }));
      const different = family.different.map(([difference, text]) => ({
        kept,
        asked: filled(text, filling),
        difference,
      }));
      return [...same, ...different];
    }),
  );
}

function hasSlots({ base }: Family): boolean {
  return base.includes('{');
}

function filled(text: string, filling: Filling): string {
  return text.replace(/\{([nwNdeDpqP])\}/g, (_, slot: keyof Filling) => filling[slot]);
}

function fillingOf(random: () => number): Filling {
  const [number, other] = twoOf(NUMBERS, random);
  const [month, otherMonth] = twoOf(MONTHS, random);
  const names = NAMES[Math.floor(random() * NAMES.length)] as readonly string[];
  const [p, q] = twoOf(names, random);
  const P = twoOf(
    names.filter((name) => name !== p && name !== q),
    random,
  )[0];
  const day = 1 + Math.floor(random() * 28);
  const otherDay = 1 + (day % 28);
  const otherDate = random() < 0.5 ? `${otherDay} ${month} 2026` : `${day} ${otherMonth} 2026`;
  return {
    n: number[0],
    w: number[1],
    N: other[0],
    d: `${day} ${month} 2026`,
    e: `${month} ${day}, 2026`,
    D: otherDate,
    p,
    q,
    P,
  };
}

/** Two different members. */
function twoOf<T>(of: readonly T[], random: () => number): [T, T] {
  const first = Math.floor(random() * of.length);
  const second = (first + 1 + Math.floor(random() * (of.length - 1))) % of.length;
  return [of[first] as T, of[second] as T];
}
