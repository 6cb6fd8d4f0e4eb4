import { analyse, languageOfQuestion } from '../../retrieval/index.ts';
import type { Grounds } from '../confidence/signs.ts';
import { type CandidateSentence, candidateSentences, isSameSentence } from '../extractive/candidate-sentences.ts';
import type { Ranking } from '../extractive/rank-sentences.ts';
import { type ScoredSentence, scoreByWords } from '../extractive/score-sentences.ts';
import { type AskedOfTable, askedOfTable } from './asked-of-table.ts';
import { chooseRows } from './choose-rows.ts';
import { tableAround, type WholeTable } from './table-around.ts';

/**
 * Logarithm of the odds that rows which a whole table tells are the answer: of 109 questions of the tuning sets that a table was found to tell, 103 are told
 * rightly, and one in thirteen may not be. The reader of answers, who sees one row at a time, cannot know.
 */
export const TOLD_BY_TABLE = 2.5;

/** A question for what only a whole table tells, as `Which room is the cheapest?`. */
export interface TableQuestion {
  /** The rows that answer it; null: no table tells it. */
  readonly told: readonly ScoredSentence[] | null;
  /** What else may answer it, best first: prose, and rows that the question names. */
  readonly others: readonly ScoredSentence[];
}

/**
 * Looks a question up in the whole tables one of whose rows was found; of several the one that the question names best.
 * @param found best first, with the passages: tables whose rows are not among the best are looked at, too
 * @returns null: it is no such question
 */
export function askTables(found: Pick<Grounds, 'asked' | 'ranked' | 'passages'>): TableQuestion | null {
  const { asked, ranked, passages } = found;
  const askedOf = askedOfTable(asked.text);
  if (askedOf === null) return null;
  const sentences = candidateSentences(passages, languageOfQuestion(asked.text));
  const terms = analyse(asked.text);
  const telling = tablesOf([...ranked.map(({ sentence }) => sentence), ...sentences]).flatMap(({ table, passage }) => {
    const rows = chooseRows(table, askedOf);
    if (rows === null) return [];
    const named = terms.filter((term) => [table.above, table.key.terms].some((each) => each.has(term))).length;
    return [{ named, told: rows.map(({ sentence }) => rankedAs({ ...sentence, passage }, found)) }];
  });
  const told = telling.toSorted((one, other) => other.named - one.named)[0]?.told ?? null;
  const isRow = (row: ScoredSentence): boolean =>
    told?.some(({ sentence }) => isSameSentence(sentence, row.sentence)) ?? false;
  return { told, others: ranked.filter((each) => !isRow(each) && (told !== null || !isGuess(each, askedOf))) };
}

/** So much of tables is read for one question: reading it anew takes ten milliseconds. UTF-16 code units. */
const MOST_READ = 24_000;

/** The tables of rows, each once, with the passage in which it was found. */
function tablesOf(
  sentences: readonly CandidateSentence[],
): { readonly table: WholeTable; readonly passage: CandidateSentence['passage'] }[] {
  const rows = sentences.filter(({ kind }) => kind !== 'sentence');
  const byTable = Map.groupBy(rows, ({ passage, columns }) => `${passage.versionId}/${columns?.start ?? ''}`);
  let left = MOST_READ;
  return [...byTable.values()].flatMap(([row]) => {
    const table = row === undefined ? null : tableAround(row, left);
    if (row === undefined || table === null) return [];
    left -= table.length;
    return [{ table, passage: row.passage }];
  });
}

/** A row says by itself which thing has the most only where it has the question's word for that, or the question asks about that one thing. */
function isGuess({ sentence, row }: ScoredSentence, { wanted, superlative }: AskedOfTable): boolean {
  if (sentence.kind === 'sentence' || wanted === 'none' || wanted === 'free') return false;
  const isNamed = row.key >= WHOLLY_NAMED;
  return !isNamed && !superlative.some((term) => sentence.terms.has(term) || sentence.context.has(term));
}

/** All words of the first cell, see `RowTraits`. */
const WHOLLY_NAMED = 0.5;

/** A row as it was ranked; one that no search found by its words alone. */
function rankedAs(row: CandidateSentence, { asked, ranked }: Ranking): ScoredSentence {
  const found = ranked.find(({ sentence }) => isSameSentence(sentence, row));
  const [scored] = found === undefined ? scoreByWords(asked, [row]) : [found];
  if (scored === undefined) throw new Error('Scoring one sentence gave none.');
  return scored;
}
