import { type LibraryTokenizer, loadTokenizer } from '../tokens/load-tokenizer.ts';

/** A model's input for two texts. */
export interface EncodedPair {
  readonly ids: number[];
  /** 0 for the first text, 1 for the second, marks included. */
  readonly types: number[];
}

/** Turns two texts into a model's input: the first is cut where both do not fit. */
export type PairEncoder = (first: string, second: string) => EncodedPair;

/** Of the window at most this share is the second text's. */
const SECOND_AT_MOST = 0.5;

/**
 * @param folder holds tokenizer.json; absolute path
 * @param maxTokens marks included, ≥ 8
 * @throws ModelInvalid when tokenizer.json is missing or cannot be used
 */
export function createPairEncoder(folder: string, maxTokens: number): PairEncoder {
  const { library } = loadTokenizer(folder);
  const { before, between, after } = marksOf(library);
  const room = Math.max(2, maxTokens - before.length - between.length - after.length);
  const tokens = (text: string): number[] => library.encode(text, { add_special_tokens: false }).ids;
  return (first, second) => {
    const two = tokens(second).slice(0, Math.floor(room * SECOND_AT_MOST));
    const one = tokens(first).slice(0, room - two.length);
    const head = [...before, ...one, ...between];
    const tail = [...two, ...after];
    return { ids: [...head, ...tail], types: [...head.map(() => 0), ...tail.map(() => 1)] };
  };
}

/** What the model's post-processor puts around and between two texts, found by looking at short ones. */
function marksOf(library: LibraryTokenizer): { before: number[]; between: number[]; after: number[] } {
  const bare = (text: string): number[] => library.encode(text, { add_special_tokens: false }).ids;
  const whole = library.encode('a', { text_pair: 'b', add_special_tokens: true }).ids;
  const one = bare('a');
  const two = bare('b');
  const first = placeOf(one, whole, 0);
  const second = placeOf(two, whole, first + one.length);
  return {
    before: whole.slice(0, first),
    between: whole.slice(first + one.length, second),
    after: whole.slice(second + two.length),
  };
}

function placeOf(part: readonly number[], whole: readonly number[], from: number): number {
  for (let at = from; at + part.length <= whole.length; at += 1) {
    if (part.every((id, offset) => whole[at + offset] === id)) return at;
  }
  return from;
}
