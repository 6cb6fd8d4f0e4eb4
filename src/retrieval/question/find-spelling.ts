import type { DocumentWords } from '../document-words/index.ts';
import { editDistance } from './edit-distance.ts';

/** Shorter words have too many neighbours, longer ones may hold two mistakes (as full-text engines have it). */
const ONE_MISTAKE_FROM = 4;
const TWO_MISTAKES_FROM = 8;
const ONLY_LETTERS = /^\p{L}+$/u;

/**
 * The term of the collection that an unknown term was probably meant to be: nearest by edit distance, then in most
 * documents; it begins with the same letter, as nearly every misspelling does. Null: none is near, or the term is too
 * short, or no word.
 */
export function findSpelling(words: DocumentWords, unknown: string): string | null {
  if (unknown.length < ONE_MISTAKE_FROM || !ONLY_LETTERS.test(unknown)) return null;
  let limit = unknown.length >= TWO_MISTAKES_FROM ? 2 : 1;
  const first = unknown.charCodeAt(0);
  let best = '';
  for (const term of words.vocabulary()) {
    if (term.charCodeAt(0) !== first || Math.abs(term.length - unknown.length) > limit) continue;
    const distance = editDistance(unknown, term, limit);
    if (distance > limit || !ONLY_LETTERS.test(term)) continue;
    if (best === '' || distance < limit || words.frequencyOf(term) > words.frequencyOf(best)) best = term;
    limit = distance;
  }
  return best === '' ? null : best;
}
