import type { AnswerFormat } from '../../prompts/index.ts';
import type { Draft } from './draft-extractive.ts';

/** The quoted sentences in the format that was asked for: one a line, or one a row with its source. */
export function laidOut(draft: Draft, format: AnswerFormat): Draft {
  if (draft.kind !== 'extractive') return draft;
  if (format === 'list') return { ...draft, text: draft.sentences.map(({ text }) => `- ${text}`).join('\n') };
  if (format !== 'table') return draft;
  const rows = draft.sentences.map(({ text, citations: [first] }) => {
    const title = first === undefined ? '' : (draft.citations[first]?.title ?? '');
    return `| ${cell(text)} | ${cell(title)} |`;
  });
  return { ...draft, text: ['| What the sources say | Source |', '|---|---|', ...rows].join('\n') };
}

/** A line, whose bars are not the table's. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
