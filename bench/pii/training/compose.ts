import { below, pick, type Random, seeded } from '../../corpus/random.ts';
import type { Labelled, LabelledSpan } from '../labelled.ts';
import { type Piece, streetAddress } from './addresses.ts';
import { capitalised, chance, digits } from './made-up-words.ts';
import { givenName, ordinaryWord, personName, surname } from './name-pools.ts';
import { organisation } from './organisations.ts';
import { nationality, placeName } from './places.ts';
import { plainSentences, trainingSentences } from './sentences.ts';

/** Which share of the sentences' patterns to use, so that others stay unseen: `fold` of `folds` is left out, or alone kept. */
export interface Folding {
  readonly folds: number;
  readonly fold: number;
  readonly keep: 'fold' | 'others';
}

/** Texts of one to four sentences with every name, place, organisation and address labelled; the same for the same seed. */
export function composeTexts(options: {
  readonly count: number;
  readonly seed: number;
  readonly folding?: Folding | undefined;
}): Labelled[] {
  const random = seeded(options.seed);
  const full = folded(trainingSentences, options.folding);
  const plain = folded(plainSentences, options.folding);
  return Array.from({ length: options.count }, () => {
    const parts = Array.from({ length: chance(random, 65) ? 1 : 2 + below(random, 3) }, () =>
      chance(random, 7)
        ? { text: saladOf(random), spans: [] }
        : fill(expand(pick(random, chance(random, 80) ? full : plain), random), random),
    );
    return joined(parts, pick(random, [' ', ' ', '\n', '\n\n']));
  });
}

function folded(sentences: readonly string[], folding: Folding | undefined): readonly string[] {
  if (folding === undefined) return sentences;
  return sentences.filter((_, index) => (index % folding.folds === folding.fold) === (folding.keep === 'fold'));
}

/** Chooses one of each `(a|b)`; slots stay. */
function expand(sentence: string, random: Random): string {
  let text = sentence;
  for (;;) {
    const next = text.replace(/\(([^()]*\|[^()]*)\)/, (_, choices: string) => pick(random, choices.split('|')));
    if (next === text) return text;
    text = next;
  }
}

const spanTypes: Readonly<Record<string, 'person' | 'location' | 'organisation'>> = {
  person: 'person',
  given: 'person',
  family: 'person',
  location: 'location',
  organisation: 'organisation',
};

function piecesOf(
  slot: string,
  before: string,
  random: Random,
): readonly (Piece | { readonly text: string; readonly type: string | undefined })[] {
  return slot === 'address'
    ? streetAddress(random, { onItsOwnLine: /\n[> ]*$/.test(before) })
    : [{ text: valueOf(slot, random), type: spanTypes[slot] }];
}

function fill(sentence: string, random: Random): Labelled {
  let text = '';
  const spans: LabelledSpan[] = [];
  const margin = sentence.includes('\n') ? pick(random, ['', '', '', '', '> ', '   ', '| ']) : '';
  for (const part of sentence.replaceAll('\n', `\n${margin}`).split(/(\{[a-z]+\})/)) {
    const slot = /^\{([a-z]+)\}$/.exec(part)?.[1];
    for (const { text: value, type } of slot === undefined
      ? [{ text: part, type: undefined }]
      : piecesOf(slot, text, random)) {
      if (type !== undefined) spans.push({ start: text.length, end: text.length + value.length, type });
      text += value;
    }
  }
  return { text: text.trimEnd(), spans };
}

/** Ordinary words in no order, the first with a capital: beginnings of sentences that name nobody. */
function saladOf(random: Random): string {
  const words = Array.from({ length: 3 + below(random, 9) }, () => ordinaryWord(random));
  const text = words.join(' ');
  return `${chance(random, 25) ? pick(random, ["I'd", "I've", "I'm", "It's", "We'll", "Don't", "What's", "Let's", 'I', "You're", "Can't"]) + ' ' + text : text[0]?.toUpperCase() + text.slice(1)}${pick(random, ['.', '?', '!', '', '...'])}`;
}

function joined(parts: readonly Labelled[], gap: string): Labelled {
  let text = '';
  const spans: LabelledSpan[] = [];
  for (const part of parts) {
    if (text !== '') text += gap;
    spans.push(
      ...part.spans.map(({ start, end, type }) => ({ start: start + text.length, end: end + text.length, type })),
    );
    text += part.text;
  }
  return { text, spans };
}

function valueOf(slot: string, random: Random): string {
  const maker = makers[slot];
  if (maker === undefined)
    throw new RangeError(`A sentence has the slot {${slot}}; there are ${Object.keys(makers).join(', ')}.`);
  return maker(random);
}

function madeUpAcronym(random: Random): string {
  return Array.from({ length: 2 + below(random, 4) }, () => pick(random, 'abcdefghilmnoprstuvx'.split(''))).join('');
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const makers: Readonly<Record<string, (random: Random) => string>> = {
  person: personName,
  given: givenName,
  family: surname,
  location: placeName,
  organisation,
  title: (random) => pick(random, 'Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr Miss Prof. Professor'.split(' ')),
  group: nationality,
  date: (random) => {
    const [day, month, year] = [1 + below(random, 28), pick(random, MONTHS), 1940 + below(random, 90)];
    return pick(random, [
      `${month} ${day}, ${year}`,
      `${day} ${month}`,
      `${month} ${day}`,
      `${year}-05-${10 + below(random, 20)}`,
      String(year),
      `${month} ${year}`,
      pick(random, ['Monday', 'Tuesday', 'Friday']),
      `${day}/${1 + below(random, 12)}/${year}`,
      'last year',
      'June 3rd',
    ]);
  },
  age: (random) => String(18 + below(random, 70)),
  phone: (random) =>
    pick(random, [
      `+${1 + below(random, 90)} ${digits(random, 3)} ${digits(random, 6)}`,
      `(${digits(random, 3)}) ${digits(random, 3)}-${digits(random, 4)}`,
      `${digits(random, 3)}-${digits(random, 3)}-${digits(random, 4)}`,
      `0${digits(random, 3)} ${digits(random, 6)}`,
      `${digits(random, 3)} ${digits(random, 3)} ${digits(random, 3)}`,
    ]),
  email: (random) =>
    `${givenName(random)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, 'x')}@example.${pick(random, ['com', 'org', 'net'])}`,
  thing: (random) => {
    const words = Array.from({ length: 1 + below(random, 4) }, () => capitalised(ordinaryWord(random)));
    return (chance(random, 30) ? ['The', ...words] : words).join(chance(random, 15) ? ' of the ' : ' ');
  },
  code: (random) =>
    Array.from({ length: 1 + below(random, 5) }, () =>
      chance(random, 30)
        ? pick(random, ['DE', 'GB', 'X', 'INV', 'AB', 'NR', 'RF', 'Q']) + digits(random, 1 + below(random, 6))
        : digits(random, 2 + below(random, 5)),
    ).join(pick(random, [' ', ' ', '-', '/', ''])),
  version: (random) => Array.from({ length: 2 + below(random, 3) }, () => String(below(random, 400))).join('.'),
  expiry: (random) => `${digits(random, 2)}/${digits(random, 2)}`,
  time: (random) => `${below(random, 24)}:${digits(random, 2)}`,
  file: (random) =>
    `${chance(random, 40) ? ordinaryWord(random).toUpperCase() : ordinaryWord(random)}.${pick(random, ['md', 'ts', 'pdf', 'txt', 'json', 'csv'])}`,
  upper: (random) => (chance(random, 60) ? ordinaryWord(random) : madeUpAcronym(random)).toUpperCase(),
  ip: (random) => Array.from({ length: 4 }, () => String(below(random, 256))).join('.'),
  ssn: (random) => `${digits(random, 3)}-${digits(random, 2)}-${digits(random, 4)}`,
  url: (random) =>
    `${pick(random, ['www.', 'https://', ''])}${givenName(random)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, 'x')}.${pick(random, ['com', 'org', 'de'])}`,
  number: (random) =>
    pick(random, [
      digits(random, 1 + below(random, 5)),
      String(1 + below(random, 30)),
      digits(random, 16),
      `${digits(random, 4)}-${digits(random, 4)}`,
      digits(random, 9),
    ]),
  amount: (random) =>
    `${pick(random, ['$', '€', '£', 'USD ', ''])}${1 + below(random, 9000)}${pick(random, ['', '.50', ',000'])}`,
};
