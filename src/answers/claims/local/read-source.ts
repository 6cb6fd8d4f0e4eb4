import { splitSentences } from '../../../ingest/index.ts';
import type { ClaimSource } from '../claim.ts';
import { type Element, elementsOf } from './reading/elements.ts';

/** A sentence of a source, read once. Offsets are places in the source's text. */
export interface ReadSentence {
  readonly start: number;
  readonly end: number;
  readonly elements: readonly Element[];
}

/** A source, read once. */
export interface ReadSource {
  readonly source: ClaimSource;
  readonly sentences: readonly ReadSentence[];
  /** Numbers of the sentences a key or a group of synonyms stands in, ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Keys of the title and the headings. */
  readonly context: ReadonlySet<string>;
  /** Beginnings of the words that stand in it, see {@link prefixKey}. */
  readonly prefixes: ReadonlySet<string>;
  /** Lower-case words that stand with a capital where no sentence begins. */
  readonly names: ReadonlySet<string>;
}

const read = new WeakMap<ClaimSource, ReadSource>();

/** The sentences of a source and where its words stand; kept as long as the source object lives. */
export function readSource(source: ClaimSource): ReadSource {
  const known = read.get(source);
  if (known !== undefined) return known;
  const sentences = splitSentences(source.text).map(({ start, end }) => ({
    start,
    end,
    elements: elementsOf(source.text, start, end),
  }));
  const context = new Set(elementsOf(source.context ?? '').flatMap(keysOf));
  const places = placesOf(sentences);
  const prefixes = new Set([...places.keys()].flatMap((key) => prefixKey(key) ?? []));
  const made = { source, sentences, places, context, prefixes, names: namesOf(sentences) };
  read.set(source, made);
  return made;
}

const DATE_PARTS = ['year', 'month', 'day', 'weekday', 'minutes'] as const;

/**
 * What an element can be found by: a word by itself and its groups of synonyms, a number by its value, a date by each of
 * its parts. Function words are not looked up.
 */
export function keysOf({ kind, key, amount, date, meaning }: Element): string[] {
  if (kind === 'function') return [];
  if (amount !== null) return [`#${amount.number}`];
  if (date !== null) return DATE_PARTS.flatMap((part) => (date[part] === null ? [] : [`@${part}${date[part]}`]));
  return meaning === null ? [key] : [key, ...meaning.groups.map((group) => `~${group}`)];
}

/** Letters two words of one family begin with. */
const PREFIX = 5;

/** What the words of a family begin with; null: the key is too short, or not a word's. */
export function prefixKey(key: string): string | null {
  const first = key.charCodeAt(0);
  return key.length < PREFIX || first < 65 || first === 126 ? null : key.slice(0, PREFIX);
}

function placesOf(sentences: readonly ReadSentence[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  sentences.forEach(({ elements }, number) => {
    for (const element of elements) {
      for (const key of keysOf(element)) {
        const list = places.get(key);
        if (list === undefined) places.set(key, [number]);
        else if (list.at(-1) !== number) list.push(number);
      }
    }
  });
  return places;
}

function namesOf(sentences: readonly ReadSentence[]): Set<string> {
  const names = new Set<string>();
  for (const { elements } of sentences) {
    for (const element of elements.slice(1)) if (element.kind === 'word' && element.capital) names.add(element.lower);
  }
  return names;
}
