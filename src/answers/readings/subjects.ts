import { analyse } from '../../retrieval/index.ts';
import type { FoundPassage } from '../evidence/passage.ts';
import { DOCUMENT_KINDS } from './document-kinds.ts';

/** What a passage is about, as what stands above it names it. */
type Named = Pick<FoundPassage, 'documentId' | 'title' | 'headingPath' | 'externalId'>;

/** The words that tell two passages of one make apart: `Oslo` and `Paris` in `Oslo office guide` and `Paris office guide`. */
export type Subjects = readonly [string, string];

/** More words than this are no name. */
const MOST_WORDS = 4;

/** What is told apart by time is a conflict, or a version. */
const TIME =
  /\d|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter|quarter|year|month|week|today|yesterday)\b/i;

/**
 * The subjects two passages differ in, where all else above them is the same: titles with some words in common and others in their
 * place, the same title in parallel folders, or parallel headings of one document. Null: they are about the same, or have nothing in
 * common.
 */
export function subjectsOf(a: Named, b: Named): Subjects | null {
  if (a.documentId === b.documentId) return oneDifferent(a.headingPath, b.headingPath, 'headings');
  if (a.title !== b.title) return tellingApart(a.title, b.title);
  return oneDifferent(folders(a), folders(b), 'folders');
}

function folders({ externalId }: Named): string[] {
  return externalId.split('/').slice(0, -1);
}

/** Paths of one length that differ in one step; headings need one step in common, above it or below. */
function oneDifferent(a: readonly string[], b: readonly string[], of: 'headings' | 'folders'): Subjects | null {
  const different = a.flatMap((step, i) => (step === b[i] ? [] : [i]));
  const [at] = different;
  if (a.length !== b.length || at === undefined || different.length > 1) return null;
  if (of === 'headings' && a.length < 2) return null;
  return subjects(a[at] ?? '', b[at] ?? '');
}

/** What is left of two titles when the words they begin and end with alike are taken away. */
function tellingApart(a: string, b: string): Subjects | null {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const most = Math.min(left.length, right.length);
  let front = 0;
  while (front < most && same(left[front], right[front])) front++;
  let back = 0;
  while (back < most - front && same(left.at(-1 - back), right.at(-1 - back))) back++;
  const common = [...left.slice(0, front), ...left.slice(left.length - back)].join(' ');
  if (analyse(common).length === 0) return null;
  const inner = (words: readonly string[]): string => words.slice(front, words.length - back).join(' ');
  return subjects(inner(left), inner(right));
}

function wordsOf(title: string): string[] {
  return title.match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’.&+-]*/gu) ?? [];
}

function same(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase();
}

function subjects(a: string, b: string): Subjects | null {
  return isName(a) && isName(b) && !sharesTerm(a, b) ? [a, b] : null;
}

function isName(text: string): boolean {
  const words = text.trim().split(/\s+/);
  const terms = analyse(text);
  return (
    terms.length > 0 &&
    words.length <= MOST_WORDS &&
    !TIME.test(text) &&
    !terms.every((term) => DOCUMENT_KINDS.has(term))
  );
}

function sharesTerm(a: string, b: string): boolean {
  const terms = new Set(analyse(a));
  return analyse(b).some((term) => terms.has(term));
}

/** Whether a question names one of them, wholly or in part. */
export function names(question: string, subject: string): boolean {
  const terms = new Set(analyse(question));
  return analyse(subject).some((term) => terms.has(term));
}
