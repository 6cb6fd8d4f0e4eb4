import { WordFacts, WordTable } from '../../base/index.ts';
import type { TokenCounter } from '../embedder.ts';
import { pieceCounter } from './count-pieces.ts';
import { type LibraryTokenizer, type LoadedTokenizer, loadTokenizer } from './load-tokenizer.ts';
import { splitAscii, splitWords, wordsAreIndependent } from './split-words.ts';
import { WordMemo } from './word-memo.ts';

/** Words whose count is remembered, and parts of words between punctuation; about 20 MB when both are full. */
const REMEMBERED_WORDS = 150_000;
const REMEMBERED_PARTS = 50_000;

/**
 * A counter for a model's tokens. Loading takes ~30 ms and is synchronous, so use it in a worker or child process.
 * Counting one word that was seen before costs a map look-up.
 * @param folder holds tokenizer.json; absolute path
 * @throws ModelInvalid when tokenizer.json is missing or cannot be used
 */
export function createTokenCounter(folder: string): TokenCounter {
  return tokenCounterOf(loadTokenizer(folder));
}

/** {@link createTokenCounter} over a tokenizer that is loaded already. */
export function tokenCounterOf(loaded: LoadedTokenizer): TokenCounter {
  const askOf = (library: LibraryTokenizer, text: string): number =>
    library.encode(text, { add_special_tokens: false }).ids.length;
  if (!wordsAreIndependent(loaded)) {
    const { library } = loaded;
    return { count: (text) => askOf(library, text) };
  }
  const ask = (text: string): number => askOf(loaded.library, text);
  const reserved = (loaded.definition.added_tokens ?? []).map(({ content }) => content);
  const parts = new WordMemo(pieceCounter(loaded.definition.model ?? {}), REMEMBERED_PARTS);
  const countWord = (word: string): number => {
    const split = splitAscii(word, reserved);
    return split === null ? ask(word) : sum(split, parts);
  };
  return new TableCounter(countWord);
}

/** Adds up the words of a text by a table; by a memo where it is too long for that. */
class TableCounter implements TokenCounter {
  readonly #table = new WordTable();
  readonly #counts: WordFacts<number>;
  readonly #memo: WordMemo<number>;

  constructor(countWord: (word: string) => number) {
    this.#counts = new WordFacts(this.#table, countWord);
    this.#memo = new WordMemo(countWord, REMEMBERED_WORDS);
  }

  count(text: string): number {
    if (!this.#table.split(text)) return sum(splitWords(text), this.#memo);
    let total = 0;
    for (let index = 0; index < this.#table.count; index += 1) total += this.#counts.of(index);
    return total;
  }

  within(text: string): (start: number, end: number) => number {
    const count = (start: number, end: number): number => this.count(text.slice(start, end));
    if (!this.#table.split(text)) return count;
    const starts = this.#table.starts.slice(0, this.#table.count);
    const ends = this.#table.ends.slice(0, this.#table.count);
    const before = new Int32Array(starts.length + 1);
    for (let index = 0; index < starts.length; index += 1) {
      before[index + 1] = (before[index] as number) + this.#counts.of(index);
    }
    return (start, end) => {
      const first = below(ends, start + 1);
      const next = below(starts, end);
      if (first >= next) return 0;
      const cutsWord = (starts[first] as number) < start || (ends[next - 1] as number) > end;
      return cutsWord ? count(start, end) : (before[next] as number) - (before[first] as number);
    };
  }
}

/** How many of the ascending numbers lie below a limit. */
function below(numbers: Int32Array, limit: number): number {
  let low = 0;
  for (let high = numbers.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum(pieces: readonly string[], memo: WordMemo<number>): number {
  let total = 0;
  for (const piece of pieces) total += memo.get(piece);
  return total;
}
