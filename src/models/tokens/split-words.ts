import type { LoadedTokenizer } from './load-tokenizer.ts';

/**
 * The characters BERT's normaliser turns into a space: JavaScript's `\s` without those it deletes as control or format
 * characters before (U+000B, U+000C, U+FEFF). No token ever reaches across one of them.
 */
const WORD = /[^\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** The words of a text, between BERT's spaces. */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** {@link splitWords} one at a time, for who may stop early. */
export function* eachWord(text: string): Generator<string> {
  for (const match of text.matchAll(WORD)) yield match[0];
}

/**
 * The parts of a word between ASCII punctuation, and the punctuation, as BERT's pre-tokeniser splits them: `(rent),` is
 * `(`, `rent`, `)`, `,`.
 * @param reserved the model's added tokens, which are never split
 * @returns null when the word holds anything but visible ASCII, or an added token
 */
export function splitAscii(word: string, reserved: readonly string[]): string[] | null {
  if (!/^[!-~]+$/.test(word) || reserved.some((token) => word.includes(token))) return null;
  return word.toLowerCase().match(/[a-z0-9]+|[^a-z0-9]/g);
}

/**
 * Whether tokenising word by word gives exactly what tokenising the whole text gives. True for uncased BERT: its
 * normaliser looks at one character at a time, except for lower-casing a final sigma and reordering combining marks,
 * which both stop at a space; its pre-tokeniser splits at spaces; and a text that is nothing but an added token cannot
 * arise from normalising, because added tokens hold capitals. Anything else: false, and the library is asked.
 */
export function wordsAreIndependent({ definition, config }: LoadedTokenizer): boolean {
  const { normalizer, pre_tokenizer: preTokenizer, model, added_tokens: added = [] } = definition;
  return (
    normalizer?.type === 'BertNormalizer' &&
    normalizer.clean_text === true &&
    normalizer.lowercase === true &&
    preTokenizer?.type === 'BertPreTokenizer' &&
    model?.type === 'WordPiece' &&
    model.fuse_unk !== true &&
    config['remove_space'] !== true &&
    config['do_lowercase_and_remove_accent'] !== true &&
    added.every((token) => isPlain(token))
  );
}

function isPlain(token: { content: string; normalized?: boolean; lstrip?: boolean; rstrip?: boolean }): boolean {
  return (
    token.normalized !== true &&
    token.lstrip !== true &&
    token.rstrip !== true &&
    !/\s/.test(token.content) &&
    token.content !== token.content.toLowerCase()
  );
}
