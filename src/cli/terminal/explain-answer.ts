import type { Answer } from '../../answers/index.ts';
import { place } from './show-answer.ts';
import { printable, table, type Terminal } from './terminal.ts';

/** Prints how an answer came about. */
export function explainAnswer(terminal: Terminal, answer: Answer): void {
  const { record } = answer;
  const by = record.model === null ? 'no model' : `${record.model}, prompt ${record.prompt ?? 'none'}`;
  terminal.print(terminal.style('bold', printable(answer.question)));
  terminal.print(`${answer.kind}, confidence ${answer.confidence.toFixed(2)}, as of ${answer.asOf}, ${by}`);
  for (const sentence of answer.sentences) {
    const marks = sentence.citations.map((i) => `[${i + 1}]`).join('');
    const reason = sentence.reason === null ? '' : `: ${sentence.reason}`;
    terminal.print(
      `  ${sentence.verdict} ${sentence.score.toFixed(2)} ${marks} ${printable(sentence.text)}${printable(reason)}`,
    );
  }
  for (const [i, citation] of answer.citations.entries()) {
    const until = citation.effectiveTo === null ? '' : ` until ${citation.effectiveTo.slice(0, 10)}`;
    const valid = `version ${citation.version}, valid from ${citation.effectiveFrom.slice(0, 10)}${until}`;
    terminal.print(`  [${i + 1}] ${place(citation)}, ${valid}`);
  }
  for (const conflict of answer.conflicts) terminal.print(`  Sources disagree: ${printable(conflict.reason)}`);
  const ranks = answer.candidates.map(({ title, text, vector, fused, used }) => [
    printable(title),
    rank(text),
    rank(vector),
    String(fused.rank),
    used ? 'used' : '',
  ]);
  for (const line of table([['passage of', 'by words', 'by meaning', 'fused', ''], ...ranks])) terminal.print(line);
  const times = Object.entries(answer.timings).map(([stage, ms]) => `${stage.replace(/Ms$/, '')} ${ms.toFixed(1)} ms`);
  terminal.print(times.join(', '));
}

function rank(standing: { readonly rank: number } | null): string {
  return standing === null ? '–' : String(standing.rank);
}
