import type { ConflictKind } from '../../src/answers/claims/claim.ts';
import { below, pick, type Random } from '../corpus/random.ts';

/** A sentence that says something else than it did. */
export interface Falsified {
  readonly kind: EditKind;
  readonly text: string;
  /** The words put in, and the words that stood there. Empty where nothing stood. */
  readonly put: string;
  readonly stood: string;
}

/** What was changed. */
export type EditKind = Exclude<ConflictKind, 'opposite'> | 'clause';

type Edit = (sentence: string, random: Random, names: readonly string[]) => Omit<Falsified, 'kind'> | null;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const NUMBERS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const UNITS: readonly (readonly string[])[] = [
  ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years'],
  ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'],
  ['millimetres', 'centimetres', 'metres', 'kilometres', 'miles', 'feet'],
  ['mg', 'g', 'kg'],
  ['grams', 'kilograms', 'tonnes', 'pounds'],
  ['EUR', 'USD', 'GBP'],
  ['euros', 'dollars', 'pounds'],
  ['litres', 'gallons'],
];
const QUANTIFIERS: Readonly<Record<string, readonly string[]>> = {
  all: ['some', 'most', 'few'],
  every: ['nearly every', 'not every'],
  each: ['hardly any'],
  any: ['every'],
  some: ['all', 'most', 'few'],
  several: ['all', 'few'],
  many: ['all', 'few'],
  most: ['all', 'some', 'few'],
  few: ['most', 'many'],
  both: ['neither of the'],
  always: ['sometimes', 'rarely'],
  often: ['rarely', 'always'],
  usually: ['rarely', 'always'],
  sometimes: ['always'],
};
const MODALS: Readonly<Record<string, readonly string[]>> = {
  must: ['may', 'should', 'can'],
  shall: ['may', 'might'],
  may: ['must', 'will', 'should'],
  might: ['will', 'must'],
  can: ['must', 'should', 'might'],
  could: ['must', 'will'],
  should: ['must', 'may'],
  will: ['might', 'may'],
};
const CLAUSES = [
  ', which cost twice as much as planned',
  ' after a complaint from the neighbours',
  ', and the result was published in Lisbon',
  ' because the old contract had run out',
  ', although the auditors had warned against it',
  ' only on Tuesdays',
  ' with the help of a small team of volunteers',
  ', as the minister confirmed a week later',
  ' in spite of heavy rain',
  ', provided that a fee of 40 euros is paid',
];

const EDITS: Readonly<Record<EditKind, Edit>> = {
  number: (sentence, random) =>
    (random() < 0.3 ? spelledNumber(sentence, random) : null) ??
    digitNumber(sentence, random) ??
    spelledNumber(sentence, random),
  unit: editUnit,
  date: editDate,
  name: editName,
  negation: editNegation,
  quantifier: (sentence, random) => fromTable(sentence, random, QUANTIFIERS),
  modality: (sentence, random) => fromTable(sentence, random, MODALS),
  roles: editRoles,
  clause: (sentence, random) => {
    const put = pick(random, CLAUSES);
    return { text: sentence.replace(/\.$/, `${put}.`), put, stood: '' };
  },
};

/** The kinds of edits there are. */
export const EDIT_KINDS = Object.keys(EDITS) as EditKind[];

/** Plants one edit of a kind; null: the sentence has nothing of that kind. */
export function falsify(
  sentence: string,
  { kind, random, names }: { readonly kind: EditKind; readonly random: Random; readonly names: readonly string[] },
): Falsified | null {
  const edited = EDITS[kind](sentence, random, names);
  return edited === null ? null : { kind, ...edited };
}

/** Names in a sentence: runs of capitalised words that do not begin it. */
export function namesIn(sentence: string): string[] {
  const runs = sentence.matchAll(/(?<=[a-z,] )(?:[A-Z][a-z]{2,})(?: [A-Z][a-z]{2,}){0,2}/g);
  return [...runs].map(([run]) => run).filter((run) => ![...MONTHS, ...WEEKDAYS].some((word) => run.includes(word)));
}

function swapOne(sentence: string, found: RegExpMatchArray, put: string): Omit<Falsified, 'kind'> {
  const at = found.index ?? 0;
  return { text: sentence.slice(0, at) + put + sentence.slice(at + found[0].length), put, stood: found[0] };
}

function oneOf(sentence: string, pattern: RegExp, random: Random): RegExpMatchArray | null {
  const all = [...sentence.matchAll(pattern)];
  return all.length === 0 ? null : pick(random, all);
}

function digitNumber(sentence: string, random: Random): Omit<Falsified, 'kind'> | null {
  const pattern = new RegExp(
    `(?<![\\w.,/:-])(?!(?:1[5-9]|20)\\d\\d\\b)\\d+(?:,\\d{3})*(?:\\.\\d+)?(?![\\w/:-]|[.,]\\d|(?:st|nd|rd|th)| (?:${MONTHS.join('|')}))`,
    'g',
  );
  const found = oneOf(sentence, pattern, random);
  if (found === null || MONTHS.some((month) => sentence.slice(0, found.index).endsWith(`${month} `))) return null;
  const value = Number(found[0].replaceAll(',', ''));
  const other = pick(random, [
    value * 2 + 1,
    value + 1 + below(random, 9),
    value * 10 + 5,
    Math.max(1, value - 1) === value ? value + 2 : Math.max(1, value - 1),
  ]);
  return swapOne(sentence, found, String(Math.round(other * 100) / 100));
}

function spelledNumber(sentence: string, random: Random): Omit<Falsified, 'kind'> | null {
  const found = oneOf(sentence, new RegExp(`\\b(?:${NUMBERS.join('|')})\\b`, 'g'), random);
  return found === null
    ? null
    : swapOne(
        sentence,
        found,
        pick(
          random,
          NUMBERS.filter((word) => word !== found[0]),
        ),
      );
}

function editUnit(sentence: string, random: Random): Omit<Falsified, 'kind'> | null {
  for (const family of UNITS) {
    const found = oneOf(
      sentence,
      new RegExp(`(?<=\\d |${NUMBERS.join(' |')} )(?:${family.join('|')})\\b|\\b(?:${family.join('|')})(?= \\d)`, 'g'),
      random,
    );
    if (found !== null)
      return swapOne(
        sentence,
        found,
        pick(
          random,
          family.filter((unit) => unit !== found[0]),
        ),
      );
  }
  return null;
}

function editDate(sentence: string, random: Random): Omit<Falsified, 'kind'> | null {
  const found = oneOf(
    sentence,
    new RegExp(
      `\\b(?:1[89]|20)\\d\\d\\b(?!-)|\\b(?:${[...MONTHS.filter((month) => month !== 'May'), ...WEEKDAYS].join('|')})\\b`,
      'g',
    ),
    random,
  );
  if (found === null) return null;
  if (/\d/.test(found[0]))
    return swapOne(sentence, found, String(Number(found[0]) + pick(random, [-10, -3, -1, 1, 2, 7])));
  const family = MONTHS.includes(found[0]) ? MONTHS : WEEKDAYS;
  return swapOne(
    sentence,
    found,
    pick(
      random,
      family.filter((word) => word !== found[0]),
    ),
  );
}

function editName(sentence: string, random: Random, names: readonly string[]): Omit<Falsified, 'kind'> | null {
  const own = namesIn(sentence);
  const others = names.filter((name) => own.every((mine) => !mine.includes(name) && !name.includes(mine)));
  if (own.length === 0 || others.length === 0) return null;
  const stood = pick(random, own);
  const put = pick(random, others);
  return { text: sentence.replace(stood, put), put, stood };
}

function editNegation(sentence: string, random: Random): Omit<Falsified, 'kind'> | null {
  const removed = /\b(is|are|was|were|has|have|will|can|may|must|should|shall|could|would) not /.exec(sentence);
  if (removed !== null) return { text: sentence.replace(removed[0], `${removed[1] ?? ''} `), put: '', stood: 'not' };
  const found = oneOf(
    sentence,
    /\b(?:is|are|was|were|has|have|had|will|can|may|must|should|shall|could|would)\b(?= [a-z])/g,
    random,
  );
  if (found === null) return null;
  const put = pick(random, ['not', 'never', 'not']);
  const { text } = swapOne(sentence, found, `${found[0]} ${put}`);
  return { text, put, stood: '' };
}

function fromTable(
  sentence: string,
  random: Random,
  table: Readonly<Record<string, readonly string[]>>,
): Omit<Falsified, 'kind'> | null {
  const found = oneOf(sentence, new RegExp(`\\b(?:${Object.keys(table).join('|')})\\b`, 'g'), random);
  return found === null ? null : swapOne(sentence, found, pick(random, table[found[0]] ?? []));
}

/** Exchanges two nouns with articles, or two names, around a verb. */
function editRoles(sentence: string): Omit<Falsified, 'kind'> | null {
  return swapNouns(sentence) ?? swapNames(sentence);
}

const NOUNS =
  /\b([Tt]he) ([a-z]{4,}) ((?:[a-z]+(?:ed|es|s)|must|may|shall|will|can) (?:[a-z]+ )?)the ([a-z]{4,})(?=[ .,])/;
const NAME = '((?:[A-Z][a-z]{2,} ?){1,3})';
const NAMES = new RegExp(`\\b${NAME}((?:[a-z]+ ){0,2}[a-z]+(?:ed|es|s) (?:(?:by|to|from|for|the) )?)${NAME}(?=[ .,])`);

function swapNouns(sentence: string): Omit<Falsified, 'kind'> | null {
  const [whole = '', article = '', left = '', verb = '', right = ''] = NOUNS.exec(sentence) ?? [];
  if (left === right) return null;
  return { text: sentence.replace(whole, `${article} ${right} ${verb}the ${left}`), put: right, stood: left };
}

function swapNames(sentence: string): Omit<Falsified, 'kind'> | null {
  const [whole = '', left = '', middle = '', right = ''] = NAMES.exec(sentence) ?? [];
  const [first, second] = [left.trim(), right.trim()];
  if (first === second || /\b(?:and|or|is|was)\b/.test(middle)) return null;
  return { text: sentence.replace(whole, `${second} ${middle}${first}`), put: second, stood: first };
}
