import { WordFacts, WordTable } from '../../base/index.ts';
import type { TokenCounter } from '../embedder.ts';
import { pieceCounter } from './count-pieces.ts';
import { type LoadedTokenizer, loadTokenizer } from './load-tokenizer.ts';
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
  const ask = (text: string): number => loaded.library.encode(text, { add_special_tokens: false }).ids.length;
  if (!wordsAreIndependent(loaded)) return { count: ask };
  const reserved = (loaded.definition.added_tokens ?? []).map(({ content }) => content);
  const parts = new WordMemo(pieceCounter(loaded.definition.model ?? {}), REMEMBERED_PARTS);
  const countWord = (word: string): number => {
    const split = splitAscii(word, reserved);
    return split === null ? ask(word) : sum(split, parts);
  };
  return { count: byTable(countWord, new WordMemo(countWord, REMEMBERED_WORDS)) };
}

/** Adds up the words of a text by a table; by the memo where it is too long for that. */
function byTable(countWord: (word: string) => number, memo: WordMemo<number>): (text: string) => number {
  const table = new WordTable();
  const counts = new WordFacts(table, countWord);
  return (text) => {
    if (!table.split(text)) return sum(splitWords(text), memo);
    let total = 0;
    for (let index = 0; index < table.count; index += 1) total += counts.of(index);
    return total;
  };
}

function sum(pieces: readonly string[], memo: WordMemo<number>): number {
  let total = 0;
  for (const piece of pieces) total += memo.get(piece);
  return total;
}
