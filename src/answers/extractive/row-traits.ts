import { analyse } from '../../retrieval/index.ts';
import { type AskedKind, holdsKind } from './asked-kind.ts';
import { apart, type CandidateSentence } from './candidate-sentences.ts';
import { likeness } from './word-likeness.ts';

/** What a row of a table has to do with a question. */
export interface RowTraits {
  /** Share of the words of its first cell that the question names, less a half: −.5….5. */
  readonly key: number;
  /** How well its best further cell, with the column's name, stands for the rest of the question, less a half: −.5….5. */
  readonly attribute: number;
}

/** Of what is no row. */
const NO_ROW: RowTraits = { key: 0, attribute: 0 };

/** A cell without the kind of thing asked for answers half. */
const OTHER_KIND = 0.5;

/**
 * Reads a table's row or a record as `Column: cell; Column: cell`: the first cell names what the row is about, the others tell of it.
 * @param weights of the question's terms
 */
export function rowTraits(
  sentence: CandidateSentence,
  weights: ReadonlyMap<string, number>,
  kind: AskedKind | null,
): RowTraits {
  if (sentence.kind === 'sentence') return NO_ROW;
  const [first, ...others] = sentence.readable.split('; ');
  const key = analyse(first?.replace(/^[^:]*: /, '') ?? '');
  if (key.length === 0) return NO_ROW;
  const named = key.filter((term) => weights.has(term)).length / key.length;
  const rest = [...weights].filter(([term]) => !key.includes(term));
  const attribute = Math.max(0, ...others.map((cell) => shareTold(cell, rest, kind)));
  return { key: named - 0.5, attribute: (rest.length === 0 ? 0.5 : attribute) - 0.5 };
}

function shareTold(cell: string, rest: readonly (readonly [string, number])[], kind: AskedKind | null): number {
  const terms = new Set(analyse(apart(cell)));
  const total = rest.reduce((sum, [, weight]) => sum + weight, 0);
  const told = rest.reduce((sum, [term, weight]) => sum + weight * likeness(term, terms), 0);
  const holds = kind === null || holdsKind(cell.replace(/^[^:]*: /, ''), kind);
  return total === 0 ? 0 : (told / total) * (holds ? 1 : OTHER_KIND);
}
