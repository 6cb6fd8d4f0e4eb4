import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { givenNames } from '../lexicon/given-names.ts';
import { surnames } from '../lexicon/surnames.ts';
import { isPlace, nationalities } from '../names/lexicon.ts';

/** What the lists know of a word, by how common it is: 0 not in the list, 1 commonest. */
interface WordTiers {
  readonly given: number;
  readonly family: number;
  readonly ordinary: number;
  readonly nation: number;
}

/** models/personal-data/README.md says where the lists come from. */
class WordLists {
  readonly #given = new Map<string, number>();
  readonly #family = new Map<string, number>();
  readonly #ordinary = new Map<string, number>();
  readonly #places = new Map<string, number>();
  /** First words of the places of several words. */
  readonly #placeStarts = new Set<string>();

  /** Fills the lists, in steps of less than a millisecond. */
  *read(texts: readonly string[]): Generator<void> {
    const [givenText = '', familyText = '', ordinaryText = '', placesText = ''] = texts;
    yield* fill(this.#given, givenText, [600, 2500]);
    yield* fill(this.#family, familyText, [1000, 5000, 15_000]);
    yield* fill(this.#ordinary, ordinaryText, [1000, 4000]);
    yield* fill(this.#places, placesText, [2500, 8000]);
    for (const name of givenNames.trim().split(/\s+/)) if (!this.#given.has(name)) this.#given.set(name, 2);
    for (const name of surnames.trim().split(/\s+/)) if (!this.#family.has(name)) this.#family.set(name, 2);
    yield;
    let seen = 0;
    for (const place of this.#places.keys()) {
      const space = place.search(/[ -]/);
      if (space > 0) this.#placeStarts.add(place.slice(0, space));
      if (++seen % STEP_WORDS === 0) yield;
    }
  }

  /** @param word folded (see `fold`) */
  tiersOf(word: string): WordTiers {
    return {
      given: tierIn(this.#given, word),
      family: tierIn(this.#family, word),
      ordinary: this.#ordinary.get(word) ?? 0,
      nation: nationalities.has(word) || (word.endsWith('s') && nationalities.has(word.slice(0, -1))) ? 1 : 0,
    };
  }

  /** How common a place the words are, 1…4, or 0; 1 when the small lexicon has it too. */
  placeTier(words: string): number {
    return isPlace(words) ? 1 : (this.#places.get(words) ?? -1) + 1;
  }

  /** Whether longer places begin with the word. */
  beginsPlace(word: string): boolean {
    return this.#placeStarts.has(word);
  }
}

const files = ['given-names.txt', 'surnames.txt', 'ordinary-words.txt', 'places.txt'].map(
  (file) => new URL(`../../../../models/personal-data/${file}`, import.meta.url),
);
/** Words that are put into a list without letting others run. */
const STEP_WORDS = 1000;

/** Ranks to tiers: 1 up to the first bound, and so on. */
function* fill(tiers: Map<string, number>, text: string, bounds: readonly number[]): Generator<void> {
  for (const [rank, word] of text.trim().split('\n').entries()) {
    if (!tiers.has(word)) tiers.set(word, bounds.filter((bound) => rank >= bound).length + 1);
    if (rank % STEP_WORDS === STEP_WORDS - 1) yield;
  }
}

/** The tier of a word, or of the commonest part of one with hyphens. */
function tierIn(tiers: ReadonlyMap<string, number>, word: string): number {
  const whole = tiers.get(word);
  if (whole !== undefined || !word.includes('-')) return whole ?? 0;
  return Math.max(0, ...word.split('-').map((part) => tiers.get(part) ?? 0));
}

let lists: WordLists | undefined;

/** The lists, read from disk at the first call. */
export function wordLists(): WordLists {
  if (lists === undefined) {
    const made = new WordLists();
    for (const _ of made.read(files.map((file) => readFileSync(file, 'utf8'))));
    lists = made;
  }
  return lists;
}

/** Reads them without holding up the event loop, so that {@link wordLists} has them. */
export async function loadWordLists(): Promise<void> {
  if (lists !== undefined) return;
  const made = new WordLists();
  const texts: string[] = [];
  for (const file of files) texts.push(await readFile(file, 'utf8'));
  for (const _ of made.read(texts)) await setImmediate();
  lists ??= made;
}
