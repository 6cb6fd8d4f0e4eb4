import { answeringSides } from '../conflicts/answering-sides.ts';
import { type FoundConflict, findConflicts } from '../conflicts/find-conflicts.ts';
import { findReadings, ofOneSubject, type Reading } from '../readings/find-readings.ts';
import { chooseSentences, eachOnce, isJoined } from './choose-sentences.ts';
import type { Ranking } from './rank-sentences.ts';
import type { ScoredSentence } from './score-sentences.ts';
import type { SentenceOdds } from './sentence-odds.ts';

/** What is said to a question. */
export interface Sayings {
  /** The sentences of the answer, best first. */
  readonly chosen: readonly ScoredSentence[];
  /** Pairs of them that disagree. */
  readonly conflicts: readonly FoundConflict[];
  /** What the question may mean, where the sources answer each otherwise; []: one thing. */
  readonly readings: readonly Reading[];
}

/** What is said to each question in one, and where the sources disagree. @param odds null: nothing is read */
export async function sayingsOf(
  rankings: readonly Ranking[],
  { odds, signal }: { readonly odds: SentenceOdds | null; readonly signal: AbortSignal },
): Promise<Sayings> {
  let chosen: ScoredSentence[] = [];
  const conflicts: FoundConflict[] = [];
  const readings: Reading[] = [];
  for (const { asked, ranked } of rankings) {
    chosen = eachOnce([...chosen, ...chooseSentences(ranked, asked)]);
    // What says half of what is asked reads like no answer to the whole.
    const reader = isJoined(asked) ? null : odds;
    const disagreeing = await findConflicts(ranked, { asked, odds: reader, signal });
    const found = await answeringSides(ofOneSubject(disagreeing), { odds: reader, question: asked.text, signal });
    if (rankings.length === 1) readings.push(...findReadings(ranked, { asked, disagreeing }));
    conflicts.push(...found);
    chosen = eachOnce([...chosen, ...found.flatMap(({ sides }) => sides.map(({ sentence }) => sentence))]);
  }
  return { chosen, conflicts, readings };
}
