import type { CandidateSentence } from '../extractive/candidate-sentences.ts';
import type { Ranking } from '../extractive/rank-sentences.ts';
import { type ScoredSentence, scoreByWords } from '../extractive/score-sentences.ts';
import { askedOfTable } from './asked-of-table.ts';
import { chooseRows } from './choose-rows.ts';
import { tableAround } from './table-around.ts';

/**
 * Logarithm of the odds that rows which a whole table tells are the answer: all of the 18 questions of the tuning sets that a table is asked for are told
 * rightly, and so may one in thirteen not be. The reader of answers, who sees one row at a time, cannot know.
 */
export const TOLD_BY_TABLE = 2.5;

/**
 * The rows that answer a question which only a whole table answers, as `Which room is the cheapest?`, by all rows of a table one of whose rows was found.
 * @param ranked best first
 * @param sentences all that were found: tables whose rows are not among the best are looked at, too
 * @returns null: it is no such question, or no table tells it
 */
export function toldByTable(ranking: Ranking, sentences: readonly CandidateSentence[]): ScoredSentence[] | null {
  const { asked, ranked } = ranking;
  const askedOf = askedOfTable(asked.text);
  if (askedOf === null) return null;
  const tried = new Set<string>();
  for (const row of [...ranked.map(({ sentence }) => sentence), ...sentences]) {
    const { passage, columns, kind } = row;
    const place = `${passage.versionId}/${columns?.start ?? ''}`;
    if (kind === 'sentence' || tried.has(place)) continue;
    tried.add(place);
    const table = tableAround(row);
    const rows = table === null ? null : chooseRows(table, askedOf);
    if (rows !== null) return rows.map(({ sentence }) => rankedAs({ ...sentence, passage }, ranking));
  }
  return null;
}

/** A row as it was ranked; one that no search found by its words alone. */
function rankedAs(row: CandidateSentence, { asked, ranked }: Ranking): ScoredSentence {
  const found = ranked.find(
    ({ sentence: { passage, start, end } }) =>
      passage.versionId === row.passage.versionId && start === row.start && end === row.end,
  );
  const [scored] = found === undefined ? scoreByWords(asked, [row]) : [found];
  if (scored === undefined) throw new Error('Scoring one sentence gave none.');
  return scored;
}
