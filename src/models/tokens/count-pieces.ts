import type { WordPieceDefinition } from './load-tokenizer.ts';

/**
 * How many pieces WordPiece makes of a word: the longest known piece again and again (Schuster and Nakajima 2012,
 * https://doi.org/10.1109/ICASSP.2012.6289079); a word too long or with an unknown rest is one unknown token.
 * The same as the library, five times as fast, for words that are normalised already: lower-case ASCII without spaces.
 */
export function pieceCounter(model: WordPieceDefinition): (word: string) => number {
  const pieces = new Set(Object.keys(model.vocab ?? {}));
  const prefix = model.continuing_subword_prefix ?? '##';
  const longestWord = model.max_input_chars_per_word ?? 100;
  return (word) => {
    if (word.length > longestWord) return 1;
    let count = 0;
    for (let start = 0; start < word.length; count++) {
      const length = longestPiece(word, start, (piece) => pieces.has(start === 0 ? piece : prefix + piece));
      if (length === 0) return 1;
      start += length;
    }
    return count;
  };
}

function longestPiece(word: string, start: number, known: (piece: string) => boolean): number {
  let end = word.length;
  while (end > start && !known(word.slice(start, end))) end -= 1;
  return end - start;
}
