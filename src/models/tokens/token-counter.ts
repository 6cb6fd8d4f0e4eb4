import type { TokenCounter } from '../embedder.ts';
import { type LoadedTokenizer, loadTokenizer } from './load-tokenizer.ts';
import { splitWords, wordsAreIndependent } from './split-words.ts';
import { WordMemo } from './word-memo.ts';

/** Words whose count is remembered; about 20 MB when full. */
const REMEMBERED_WORDS = 200_000;

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
  const memo = new WordMemo(ask, REMEMBERED_WORDS);
  return {
    count(text) {
      let total = 0;
      for (const word of splitWords(text)) total += memo.get(word);
      return total;
    },
  };
}
