import type { AnswerSentence } from '../answer.ts';
import { type Element, elementsOf } from '../claims/index.ts';
import type { Leaf } from './leaves.ts';

/**
 * Whether the words that were named for a leaf give its value: a number as a number with or without its unit, a text word by word
 * or as the same date.
 */
export function tells(words: string, { value }: Pick<Leaf, 'value'>): boolean {
  if (typeof value === 'boolean') return false;
  if (typeof value === 'number') return elementsOf(words).some((element) => isNumber(element, value));
  const [said, asked] = [plain(words), plain(value)];
  return asked.trim() !== '' && (said.includes(asked) || sameDate(words, value));
}

function isNumber({ amount }: Element, value: number): boolean {
  return amount !== null && (amount.number === value || amount.value === value);
}

/** Lower-case words and numbers with single spaces around each. */
function plain(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;
}

function sameDate(words: string, value: string): boolean {
  const [told, ...rest] = elementsOf(value).map(({ date }) => date);
  if (told === null || told === undefined || rest.length > 0) return false;
  return elementsOf(words).some(
    ({ date }) => date !== null && date.day === told.day && date.month === told.month && date.year === told.year,
  );
}

/** Words of a text that make it a statement of its own rather than a name. */
const STATEMENT_WORDS = 5;

/** Whether a leaf says something by itself, so that it is checked as it stands. */
export function isStatement({ value }: Pick<Leaf, 'value'>): boolean {
  return typeof value === 'string' && value.trim().split(/\s+/).length >= STATEMENT_WORDS;
}

/**
 * What a leaf comes to.
 * @param said the words named for it, checked against the passages; null: none were named
 * @param chosen out of a fixed list of values, or yes or no
 */
export function leafVerdict(
  leaf: Leaf,
  said: AnswerSentence | null,
  given: { readonly pointer: string; readonly chosen: boolean },
): AnswerSentence {
  const value = JSON.stringify(leaf.value);
  const none = { text: value, citations: [], verdict: 'unverified', score: 0 } as const;
  if (said === null) return { ...none, reason: `No words of a passage were named for ${given.pointer}.` };
  if (said.verdict === 'not-a-claim')
    return { ...said, verdict: 'unverified', reason: 'The words named for it say nothing that can be checked.' };
  if (isStatement(leaf) || tells(said.text, leaf)) return said;
  if (!given.chosen)
    return { ...said, verdict: 'unverified', score: 0, reason: `The words named for it do not say ${value}.` };
  if (said.verdict === 'contradicted' || said.verdict === 'unverified') return said;
  return {
    ...said,
    verdict: 'partly',
    reason: `The passages say these words; that they come to ${value} is the model’s reading.`,
  };
}
