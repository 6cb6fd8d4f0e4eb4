import { isRefused } from '../extractive/reading-verdicts.ts';
import type { SentenceOdds } from '../extractive/sentence-odds.ts';
import type { FoundConflict } from './find-conflicts.ts';

/**
 * The conflicts without the sides that the reader of answers refuses: `the first 75 pounds yourself` and `from 300 pounds upwards`, said of other
 * matters, are no disagreement. The best side stays, and so does what was not read.
 * @param odds null: nothing is read
 */
export async function answeringSides(
  conflicts: readonly FoundConflict[],
  { odds, question, signal }: { odds: SentenceOdds | null; question: string; signal: AbortSignal },
): Promise<FoundConflict[]> {
  if (odds === null) return [...conflicts];
  const read = conflicts.map(async ({ sides: [best, ...others] }): Promise<FoundConflict[]> => {
    const said = await Promise.all(others.map(({ sentence }) => odds.of(question, sentence.sentence, signal)));
    const answering = others.filter((_, i) => !isRefused(said[i] ?? null));
    return best === undefined || answering.length === 0 ? [] : [{ sides: [best, ...answering] }];
  });
  return (await Promise.all(read)).flat();
}
