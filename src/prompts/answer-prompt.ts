import type { AnswerFormat, PromptTemplate } from './templates.ts';
import type { ModelMessage } from '../models/index.ts';

/** What a reply begins with that finds no answer in the passages. */
export const NO_ANSWER = 'NO ANSWER';

/** A passage as a model reads it. */
export interface PromptPassage {
  /** What a citation calls it, from 1. */
  readonly number: number;
  readonly title: string;
  readonly headings: readonly string[];
  /** ISO 8601 date since when it is valid. */
  readonly validFrom: string;
  readonly text: string;
  /** How many passages say the same, itself included; 1: none other does. */
  readonly standsFor?: number;
}

/** What a prompt is made of. */
export interface AnswerPromptParts {
  readonly template: PromptTemplate;
  readonly question: string;
  /** Best first. */
  readonly passages: readonly PromptPassage[];
  readonly format: AnswerFormat;
  /** ISO 8601 date the question is about. */
  readonly asOf: string;
  /** Set apart what is untrusted: a word the passages do not hold. */
  readonly fence: string;
}

const FORMATS: Readonly<Record<AnswerFormat, string>> = {
  text: 'Write plain sentences.',
  list: 'Write a list: one line per point, beginning with "- ", each with its passages.',
  json: 'Fill in the schema.',
  table: 'Write rows "name | value", one a line, each with its passages at its end.',
};

/**
 * The messages of a question: rules alone in the system message; passages, fenced and numbered, and the question in the
 * user's. The best passages stand at the edges, where models read best (Liu et al. 2023, arXiv:2307.03172).
 */
export function answerMessages(parts: AnswerPromptParts): ModelMessage[] {
  const { template, question, passages, format, asOf, fence } = parts;
  const read = atEdges(passages).map((passage) => written(passage, fence));
  const asked = [
    ...read,
    `Today is ${asOf}. ${FORMATS[format]}`,
    `<${fence} question>\n${question.replaceAll(fence, '')}\n</${fence}>`,
  ];
  return [
    { role: 'system', content: template.rules },
    { role: 'user', content: asked.join('\n\n') },
  ];
}

const REPAIRS = {
  words: {
    found: 'These sentences of your answer are not carried by the passages they cite:',
    wanted: 'Write the whole answer again. Correct them from the passages, or leave them out.',
  },
  json: {
    found: 'These places of your answer are not carried by the words you named for them:',
    wanted:
      'Give the whole object again. Correct them from the passages, name words that carry them, or leave them out.',
  },
};

/** Asks once more, with what was not carried and why. */
export function repairMessages(
  parts: AnswerPromptParts,
  given: {
    readonly reply: string;
    readonly failed: readonly { readonly text: string; readonly reason: string | null }[];
  },
): ModelMessage[] {
  const failed = given.failed.map(({ text, reason }) => `- ${text}${reason === null ? '' : ` (${reason})`}`);
  const { found, wanted } = parts.format === 'json' ? REPAIRS.json : REPAIRS.words;
  const again = `${found}\n${failed.join('\n').replaceAll(parts.fence, '')}\n${wanted}`;
  return [...answerMessages(parts), { role: 'assistant', content: given.reply }, { role: 'user', content: again }];
}

function written({ number, title, headings, validFrom, text, standsFor = 1 }: PromptPassage, fence: string): string {
  const above = [title, ...headings].join(' › ').replaceAll(fence, '');
  const also = standsFor > 1 ? `; ${standsFor} passages say the same` : '';
  return `<${fence} passage ${number}>\n${above} (valid from ${validFrom}${also})\n${text.replaceAll(fence, '')}\n</${fence}>`;
}

/** Best first → best at both ends: 1 3 5 … 6 4 2. */
function atEdges<T>(best: readonly T[]): T[] {
  const front = best.filter((_, i) => i % 2 === 0);
  const back = best.filter((_, i) => i % 2 === 1);
  return [...front, ...back.reverse()];
}
