import { analyse } from '../../retrieval/index.ts';
import { likeness } from '../extractive/word-likeness.ts';
import type { TableColumn, TableRow } from './table-around.ts';

/** A word this near a column's name means it. */
export const NAMES = 0.6;

/** Where a question does not say what sort of thing a row is, its column must be named nearly by its name. */
export const NAMES_SURELY = 0.9;

/** A word that stands in so many of a column's cells is what it counts: `320 people`. */
const COUNTED = 0.7;

const ROOM_FOR = /\b(?:takes|holds|seats|places|capacity|players|persons|people|guests|pupils|participants)\b/i;
const LOAD = /\b(?:payload|load|capacity|carries|lifts|holds)\b/i;

/** Words that mean columns of other names. */
const MEANT: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:peopl|person|guest|player|visitor|particip|passeng|pupil)$/, ROOM_FOR],
  [/^(?:carri|lift|bear|tow)$/, LOAD],
];

/** How near some words come to a column. */
export interface Nearness {
  /** Of the nearest word: 0…1. */
  readonly most: number;
  /** Sum over all words that mean it. */
  readonly all: number;
}

/** How near words come to a column's name, or to what its cells count. @param rows whose cells may have the words; [] the name alone counts */
export function nearness(
  { name, terms }: TableColumn,
  words: readonly string[],
  rows: readonly TableRow[] = [],
): Nearness {
  const near = words.map((word) => {
    if (MEANT.some(([asked, named]) => asked.test(word) && named.test(name))) return 1;
    const said = rows.filter(({ cells }) => analyse(cells.get(name) ?? '').includes(word)).length;
    return rows.length > 0 && said >= COUNTED * rows.length ? 1 : likeness(word, terms);
  });
  const meant = near.filter((each) => each >= NAMES);
  return { most: Math.max(0, ...near), all: meant.reduce((sum, each) => sum + each, 0) };
}
