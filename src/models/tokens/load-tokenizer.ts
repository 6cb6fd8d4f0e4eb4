import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { ModelInvalid } from '../errors.ts';

/** What this folder uses of `@huggingface/tokenizers`, whose own declarations do not resolve under nodenext. */
export interface LibraryTokenizer {
  encode(text: string, options: { add_special_tokens: boolean; text_pair?: string }): { readonly ids: number[] };
}

/** The model of a tokenizer.json, as far as WordPiece goes. */
export interface WordPieceDefinition {
  readonly type?: string;
  /** Piece → id. */
  readonly vocab?: Readonly<Record<string, number>>;
  readonly continuing_subword_prefix?: string;
  readonly max_input_chars_per_word?: number;
  readonly fuse_unk?: boolean;
}

/** The parts of a tokenizer.json that decide whether words can be tokenised one by one. */
interface TokenizerDefinition {
  readonly normalizer?: { readonly type?: string; readonly clean_text?: boolean; readonly lowercase?: boolean } | null;
  readonly pre_tokenizer?: { readonly type?: string } | null;
  readonly model?: WordPieceDefinition;
  readonly added_tokens?: readonly { readonly content: string; readonly normalized?: boolean }[];
}

/** A tokenizer and the file it was made from. */
export interface LoadedTokenizer {
  /** Made when it is first asked for: what counts plain words hardly ever needs it. @throws ModelInvalid when its kind is not known */
  readonly library: LibraryTokenizer;
  readonly definition: TokenizerDefinition;
  /** tokenizer_config.json, `{}` when missing. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Reads `tokenizer.json` and `tokenizer_config.json`. Synchronous: call it in a worker or a child process.
 * @throws ModelInvalid when tokenizer.json is missing or no JSON
 */
export function loadTokenizer(folder: string): LoadedTokenizer {
  const definition = readJson(folder, 'tokenizer.json');
  if (definition === null) throw new ModelInvalid(folder, 'tokenizer.json is missing.');
  const config = readJson(folder, 'tokenizer_config.json') ?? {};
  let library: LibraryTokenizer | undefined;
  return {
    get library() {
      return (library ??= madeBy(folder, definition, config));
    },
    definition,
    config,
  };
}

function madeBy(folder: string, definition: object, config: object): LibraryTokenizer {
  try {
    return new Tokenizer(definition, config) as LibraryTokenizer;
  } catch (error) {
    throw new ModelInvalid(folder, 'tokenizer.json is of a kind the tokenizers library does not know.', error);
  }
}

function readJson(folder: string, name: string): Record<string, unknown> | null {
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch {
    return null;
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new ModelInvalid(folder, `${name} is not JSON.`, error);
  }
}
