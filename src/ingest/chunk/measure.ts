/**
 * A token may not stand for more characters than this: some models count a word of a thousand letters as one unknown
 * token, and a chunk must stay a readable passage.
 */
const LONGEST_TOKEN = 16;

/** How large a stretch of text is. */
export interface Size {
  /** As the model counts. */
  readonly tokens: number;
  /** What is held against the limits: the tokens, or more where tokens hide very long words. */
  readonly weight: number;
}

/** The size of a text of so many tokens and UTF-16 code units. */
export function sizeOf(tokens: number, length: number): Size {
  return { tokens, weight: Math.max(tokens, Math.ceil(length / LONGEST_TOKEN)) };
}

/** Whether a text is too long for the limit whatever its words, so that it need not be counted. */
export function certainlyHeavier(length: number, limit: number): boolean {
  return length > limit * LONGEST_TOKEN;
}
