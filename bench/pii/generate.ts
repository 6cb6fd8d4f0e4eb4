import { below, pick, type Random, seeded } from '../corpus/random.ts';
import type { Labelled, LabelledSpan } from './labelled.ts';
import { givenNamesToDraw, organisationsToDraw, placesToDraw, sentences, surnamesToDraw } from './sentence-parts.ts';

/**
 * Sentences with personal data of known place and kind, for tuning the detectors: written for this project, so that the
 * evaluation set stays unseen. Half of the names are in no lexicon of the detectors. The same seed gives the same sentences.
 */
export function generateLabelled({ count, seed }: { readonly count: number; readonly seed: number }): Labelled[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => fill(pick(random, sentences), random));
}

/** Fills the `{kind}` slots of a sentence. */
function fill(sentence: string, random: Random): Labelled {
  let text = '';
  const spans: LabelledSpan[] = [];
  for (const piece of sentence.split(/(\{[a-z-]+\})/)) {
    const maker = makers[piece];
    const value = maker === undefined ? piece : maker(random);
    if (maker !== undefined) {
      const type = kinds[piece] ?? piece.slice(1, -1);
      spans.push({ start: text.length, end: text.length + value.length, type });
    }
    text += value;
  }
  return { text, spans };
}

/** Slots whose kind has another name. */
const kinds: Readonly<Record<string, string>> = {
  '{given}': 'person',
  '{family}': 'person',
  '{born}': 'date',
  '{street}': 'street-address',
};

const makers: Readonly<Record<string, (random: Random) => string>> = {
  '{person}': (random) => {
    const middle = below(random, 8) === 0 ? ` ${pick(random, LETTERS)}.` : '';
    return `${pick(random, givenNamesToDraw)}${middle} ${pick(random, surnamesToDraw)}`;
  },
  '{given}': (random) => pick(random, givenNamesToDraw),
  '{family}': (random) => pick(random, surnamesToDraw),
  '{title}': (random) => pick(random, ['Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Mr', 'Ms', 'Prof.', 'Miss']),
  '{organisation}': organisation,
  '{location}': (random) => pick(random, placesToDraw),
  '{street-address}': streetAddress,
  '{street}': (random) => `${pick(random, surnamesToDraw)} ${pick(random, ['Street', 'Road', 'Avenue', 'Drive'])}`,
  '{postcode}': (random) => digits(random, 5),
  '{group}': (random) =>
    pick(random, ['French', 'Muslim', 'Nigerian', 'Christian', 'Canadian', 'Hindu', 'Peruvian', 'Jewish']),
  '{date}': date,
  '{born}': date,
  '{age}': (random) => String(18 + below(random, 70)),
  '{phone}': (random) =>
    pick(random, [
      `+${1 + below(random, 90)} ${digits(random, 3)} ${digits(random, 3)} ${digits(random, 4)}`,
      `(${2 + below(random, 8)}${digits(random, 2)}) 2${digits(random, 2)}-${digits(random, 4)}`,
      `0${1 + below(random, 9)}${digits(random, 2)} ${digits(random, 3)} ${digits(random, 4)}`,
    ]),
  '{driver-licence}': (random) => `${pick(random, LETTERS)}${digits(random, 7)}`,
};

const LETTERS = 'ABCDEFGHJKLMNPRST'.split('');

function organisation(random: Random): string {
  const [one, two] = [pick(random, surnamesToDraw), pick(random, surnamesToDraw)];
  const ending = pick(random, ['Inc', 'Ltd', 'LLC', 'GmbH', 'Group', 'Partners', 'PLC', 'Holdings', 'Corp.', '& Co']);
  return pick(random, [
    `${one} ${ending}`,
    `${one} ${two} ${ending}`,
    `${one} and ${two} ${ending}`,
    pick(random, organisationsToDraw),
  ]);
}

function streetAddress(random: Random): string {
  const number = 1 + below(random, 2000);
  const name = pick(random, surnamesToDraw);
  const type = pick(random, ['Street', 'St', 'Avenue', 'Road', 'Lane', 'Drive', 'Blvd', 'Court', 'Way']);
  const town = pick(random, placesToDraw);
  return pick(random, [
    `${number} ${name} ${type}`,
    `${number} ${name} ${type}, ${town}`,
    `${number} ${name} ${type} Apt. ${below(random, 90)}\n${town}, NY ${digits(random, 5)}`,
    `Rue de ${name} ${number}`,
    `${name}straße ${below(random, 200) + 1}\n${digits(random, 5)} ${town}`,
    `Via ${name} ${number}\n${digits(random, 5)} ${town}`,
  ]);
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'];

function date(random: Random): string {
  const year = 1940 + below(random, 85);
  const [day, month] = [1 + below(random, 28), 1 + below(random, 12)];
  const name = pick(random, MONTHS);
  const two = (value: number): string => String(value).padStart(2, '0');
  return pick(random, [
    `${year}-${two(month)}-${two(day)}`,
    `${two(month)}/${two(day)}/${year}`,
    `${day}.${month}.${year}`,
    `${name} ${day}, ${year}`,
    `${day} ${name} ${year}`,
    `${name} ${year}`,
    `${name.slice(0, 3)} ${day}`,
  ]);
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => below(random, 10)).join('');
}
