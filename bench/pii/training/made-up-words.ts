import { below, pick, type Random } from '../../corpus/random.ts';

/** Letters a next letter depends on. */
const ORDER = 3;

/**
 * Words that look like those of a list but are in none: a Markov chain over letters. Teaches the endings and shapes of names
 * without the names.
 */
export class MadeUpWords {
  readonly #next = new Map<string, string[]>();

  constructor(words: readonly string[]) {
    for (const word of words) {
      const padded = `${'^'.repeat(ORDER)}${word}$`;
      for (let at = ORDER; at < padded.length; at++) {
        const before = padded.slice(at - ORDER, at);
        const letters = this.#next.get(before);
        if (letters === undefined) this.#next.set(before, [padded.charAt(at)]);
        else letters.push(padded.charAt(at));
      }
    }
  }

  /** A word of 4 to 12 letters with a capital. */
  draw(random: Random): string {
    for (;;) {
      const word = this.#walk(random);
      if (word.length >= 4 && word.length <= 12 && /^[\p{L}'-]+$/u.test(word)) return capitalised(word);
    }
  }

  #walk(random: Random): string {
    let word = '^'.repeat(ORDER);
    while (word.length < 18) {
      const letter = pick(random, this.#next.get(word.slice(-ORDER)) ?? ['$']);
      if (letter === '$') break;
      word += letter;
    }
    return word.slice(ORDER);
  }
}

/** Capitals at the beginning of every part: `anne-marie` is `Anne-Marie`, `o'neil` `O'Neil`. */
export function capitalised(words: string): string {
  return words.replaceAll(/(?<![\p{L}])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** True with the chance given in percent. */
export function chance(random: Random, percent: number): boolean {
  return below(random, 100) < percent;
}

/** So many digits. */
export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => below(random, 10)).join('');
}
