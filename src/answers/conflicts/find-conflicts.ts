import type { ScoredSentence } from '../extractive/score-sentences.ts';
import { type AskedAndRead, disagreementAsRead } from './disagreement-as-read.ts';
import { findDisagreement } from './find-disagreement.ts';

/** Statements that answer a question differently, with the words that differ; the first is the best answer. */
export interface FoundConflict {
  readonly sides: readonly { readonly sentence: ScoredSentence; readonly says: string }[];
}

/**
 * What other documents say of the same as the best sentence, where it differs: one conflict with all its sides, or none.
 * Every compared statement is looked at, wherever it is ranked: two that speak of the same are found by what they mean and name, or because the reader of
 * answers is certain of both.
 * @param ranked best first, with vectors
 */
export async function findConflicts(ranked: readonly ScoredSentence[], given: AskedAndRead): Promise<FoundConflict[]> {
  const [best, ...others] = ranked;
  if (best === undefined) return [];
  const sides: { sentence: ScoredSentence; says: string }[] = [];
  let own = '';
  for (const sentence of others) {
    const found = (await findDisagreement(best, sentence, given)) ?? (await disagreementAsRead(best, sentence, given));
    const { documentId } = sentence.sentence.passage;
    if (found === null || sides.some((side) => side.sentence.sentence.passage.documentId === documentId)) continue;
    own = own === '' ? found.says[0] : own;
    sides.push({ sentence, says: found.says[1] });
  }
  return sides.length === 0 ? [] : [{ sides: [{ sentence: best, says: own }, ...sides] }];
}
