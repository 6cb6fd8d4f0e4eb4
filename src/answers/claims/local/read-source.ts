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
  const made = { source, sentences, places: placesOf(sentences), context, names: namesOf(sentences) };
  read.set(source, made);
  return made;
}

/** What an element can be found by: itself and its groups of synonyms. Function words are not looked up. */
export function keysOf(element: Element): string[] {
  if (element.kind === 'function') return [];
  if (element.amount !== null) return [`#${element.amount.number}`];
  if (element.date !== null)
    return [`@${element.date.year ?? ''}/${element.date.month ?? ''}/${element.date.day ?? ''}`];
  return [element.key, ...(element.meaning?.groups ?? []).map((group) => `~${group}`)];
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
