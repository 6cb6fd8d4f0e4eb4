import type { AnswerSide, ComparedAnswers } from '../../answers/index.ts';
import { printable, type Terminal } from './terminal.ts';

const MARKS = { same: '=', verdict: '~', reworded: '~', added: '+', removed: '-' } as const;

/** Prints two answers claim by claim: `=` the same, `~` otherwise, `+` new, `-` gone. */
export function showComparison(terminal: Terminal, { before, after, claims }: ComparedAnswers): void {
  terminal.print(terminal.style('dim', `before: ${describe(before)}`));
  terminal.print(terminal.style('dim', `after: ${describe(after)}`));
  for (const { before: was, after: is, what } of claims) {
    const old = claim(before, was);
    terminal.print(`  ${MARKS[what]} ${is === null ? old : claim(after, is)}`);
    if (what === 'reworded' || what === 'verdict') terminal.print(`      before: ${old}`);
  }
}

function describe({ id, kind, record, confidence }: AnswerSide): string {
  const by = record.model === null ? 'no model' : `${record.model}, ${record.prompt ?? 'no prompt'}`;
  return `${kind}, confidence ${confidence.toFixed(2)}, ${by}, ${id}`;
}

function claim({ sentences }: AnswerSide, position: number | null): string {
  const said = position === null ? undefined : sentences[position];
  return said === undefined ? '' : `${printable(said.text)} (${said.verdict})`;
}
