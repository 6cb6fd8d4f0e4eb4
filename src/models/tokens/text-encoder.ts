import { type LibraryTokenizer, loadTokenizer } from './load-tokenizer.ts';
import { eachWord, wordsAreIndependent } from './split-words.ts';
import { WordMemo } from './word-memo.ts';

/** Words whose ids are remembered in each worker; about 5 MB when full. */
const REMEMBERED_WORDS = 30_000;

/** Turns text into a model's input. Pure and synchronous. */
export interface TextEncoder {
  /** Token ids with the model's special tokens; at most `maxTokens`, what is longer is cut before the last special token. */
  encode(text: string): number[];
}

/**
 * @param folder holds tokenizer.json; absolute path
 * @param maxTokens special tokens included, ≥ 3
 * @throws ModelInvalid when tokenizer.json is missing or cannot be used
 */
export function createTextEncoder(folder: string, maxTokens: number): TextEncoder {
  const loaded = loadTokenizer(folder);
  const ask = (text: string): number[] => loaded.library.encode(text, { add_special_tokens: false }).ids;
  const { before, after } = specialTokens(loaded.library);
  const room = Math.max(0, maxTokens - before.length - after.length);
  const body = wordsAreIndependent(loaded) ? byWord(ask, room) : (text: string) => ask(text).slice(0, room);
  return { encode: (text) => [...before, ...body(text), ...after] };
}

/** Stops at the last word that fits, so that a text far too long costs no more than one that fits. */
function byWord(ask: (text: string) => number[], room: number): (text: string) => number[] {
  const memo = new WordMemo(ask, REMEMBERED_WORDS);
  return (text) => {
    const ids: number[] = [];
    for (const word of eachWord(text)) {
      for (const id of memo.get(word)) {
        if (ids.length === room) return ids;
        ids.push(id);
      }
    }
    return ids;
  };
}

/** What the model's post-processor puts around a text, found by looking at a short one. */
function specialTokens(library: LibraryTokenizer): { before: number[]; after: number[] } {
  const bare = library.encode('a', { add_special_tokens: false }).ids;
  const whole = library.encode('a', { add_special_tokens: true }).ids;
  const start = whole.findIndex((_, index) => bare.every((id, offset) => whole[index + offset] === id));
  return { before: whole.slice(0, start), after: whole.slice(start + bare.length) };
}
