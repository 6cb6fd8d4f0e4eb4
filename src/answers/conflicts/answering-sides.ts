import type { SentenceOdds } from '../extractive/sentence-odds.ts';
import type { FoundConflict } from './find-conflicts.ts';

/**
 * Logarithm of the odds below which a side surely answers something else. Of the sides found in the tuning sets, those that do disagree with
 * the best had 0.7 and more, those that speak of another matter −1.8 and less.
 */
const REFUSED = -1;

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
  const read = await Promise.all(
    conflicts.map(async ({ sides: [best, ...others] }) => {
      const refused = await Promise.all(
        others.map(async ({ sentence }) => ((await odds.of(question, sentence.sentence, signal)) ?? 0) < REFUSED),
      );
      const answering = others.filter((_, i) => refused[i] !== true);
      return best === undefined || answering.length === 0 ? [] : [{ sides: [best, ...answering] }];
    }),
  );
  return read.flat();
}
