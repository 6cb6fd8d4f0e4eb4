import { readFileSync } from 'node:fs';
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

  constructor() {
    fill(this.#given, linesOf('given-names.txt'), [600, 2500]);
    fill(this.#family, linesOf('surnames.txt'), [1000, 5000, 15_000]);
    fill(this.#ordinary, linesOf('ordinary-words.txt'), [1000, 4000]);
    fill(this.#places, linesOf('places.txt'), [2500, 8000]);
    for (const name of givenNames.trim().split(/\s+/)) if (!this.#given.has(name)) this.#given.set(name, 2);
    for (const name of surnames.trim().split(/\s+/)) if (!this.#family.has(name)) this.#family.set(name, 2);
    for (const place of this.#places.keys()) {
      const space = place.search(/[ -]/);
      if (space > 0) this.#placeStarts.add(place.slice(0, space));
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

function linesOf(file: string): string[] {
  return readFileSync(new URL(`../../../../models/personal-data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
}

/** Ranks to tiers: 1 up to the first bound, and so on. */
function fill(tiers: Map<string, number>, words: readonly string[], bounds: readonly number[]): void {
  for (const [rank, word] of words.entries()) {
    if (!tiers.has(word)) tiers.set(word, bounds.filter((bound) => rank >= bound).length + 1);
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
  return (lists ??= new WordLists());
}
