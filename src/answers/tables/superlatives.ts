/** What the values that are compared are told in. */
export type ComparedSort = 'money' | 'moment' | 'time' | 'length' | 'time or length' | 'mass' | 'warmth' | 'any';

/** What a superlative asks for. */
export interface Superlative {
  /** The words that say so. */
  readonly pattern: RegExp;
  readonly wanted: 'most' | 'least';
  readonly sort: ComparedSort;
  /** Words of which the column's name must have one; none: any column of the sort. */
  readonly column: readonly string[];
  /** Words that the column's name may have: of several columns of the sort it is that one. */
  readonly hints: readonly string[];
}

const SIZES = 'size area surface seats places capacity takes holds';
const COMES =
  '(?:opens?|starts?|begins?|arrives?|gets|gets me|reaches|leaves|departs?|closes?|shuts?|stops?|runs?|goes|comes|ends?|finishes)';

/** Superlatives, the narrower first: pattern, what is wanted, sort, words of the column, words it may have. English. */
const LEXICON: readonly (readonly [string, Superlative['wanted'], ComparedSort, string?, string?])[] = [
  ['cheapest|least expensive|most affordable|lowest[ -]priced|costs? (?:me |us )?(?:the )?least', 'least', 'money'],
  ['dearest|priciest|most expensive|costliest|costs? (?:me |us )?(?:the )?most', 'most', 'money'],
  ['(?:lowest|smallest) (?:price|cost|fee|charge|rate|fare)s?', 'least', 'money'],
  ['(?:highest|biggest) (?:price|cost|fee|charge|rate|fare)s?', 'most', 'money'],
  ['most (?:often|frequently|frequent)', 'least', 'time', '', 'every interval frequency'],
  ['least (?:often|frequently|frequent)', 'most', 'time', '', 'every interval frequency'],
  [`latest|(?<=\\b${COMES}\\b.{0,40})last`, 'most', 'moment', '', 'last latest until closes'],
  [`earliest|soonest|(?<=\\b${COMES}\\b.{0,40})first`, 'least', 'moment', '', 'first earliest from opens begins'],
  ['longest', 'most', 'time or length', '', 'length long'],
  ['shortest', 'least', 'time or length', '', 'length long'],
  ['furthest|farthest', 'most', 'length', '', 'distance'],
  ['nearest|closest', 'least', 'length', '', 'distance'],
  ['quickest|fastest', 'least', 'time'],
  ['slowest', 'most', 'time'],
  ['heaviest', 'most', 'mass'],
  ['lightest', 'least', 'mass'],
  ['deepest', 'most', 'length', 'depth deep'],
  ['shallowest', 'least', 'length', 'depth deep'],
  ['widest', 'most', 'length', 'width wide breadth'],
  ['narrowest', 'least', 'length', 'width wide breadth'],
  ['tallest', 'most', 'length', 'height high tall'],
  ['warmest|hottest', 'most', 'warmth'],
  ['coldest|coolest', 'least', 'warmth'],
  ['largest|biggest|roomiest', 'most', 'any', SIZES],
  ['smallest', 'least', 'any', SIZES],
  ['highest|greatest|(?<!\\bat )most', 'most', 'any'],
  ['lowest|fewest|(?<!\\bat )least', 'least', 'any'],
];

const SUPERLATIVES: readonly Superlative[] = LEXICON.map(([words, wanted, sort, column = '', hints = '']) => ({
  pattern: new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu'),
  wanted,
  sort,
  column: column.split(' ').filter((word) => word !== ''),
  hints: hints.split(' ').filter((word) => word !== ''),
}));

/** A superlative where it stands in a text. Half-open, UTF-16 code units. */
export interface FoundSuperlative {
  readonly superlative: Superlative;
  readonly start: number;
  readonly end: number;
}

/** The superlative of a text; null: there is none. */
export function superlativeIn(text: string): FoundSuperlative | null {
  for (const superlative of SUPERLATIVES) {
    const found = superlative.pattern.exec(text);
    if (found !== null) return { superlative, start: found.index, end: found.index + found[0].length };
  }
  return null;
}
