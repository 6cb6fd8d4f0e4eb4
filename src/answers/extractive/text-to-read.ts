import type { CandidateSentence } from './candidate-sentences.ts';

/** What stands above a statement is read up to this; the reader's window is the statement's. UTF-16 code units. */
const LONGEST_TITLE = 80;

/** Nearest headings that are read. */
const HEADINGS = 3;

/** A sentence with what stands above it, as the reader has learnt to read: `Title > Heading: words`. */
export function textToRead({ passage, label, about, kind, readable }: CandidateSentence): string {
  const headings = [...passage.headingPath, ...(label === null ? [] : [label])].slice(-HEADINGS);
  const above = [...new Set([passage.title, ...headings])].map((each) => each.slice(0, LONGEST_TITLE));
  const own = kind === 'record' && about !== '' ? `${about}; ${readable}` : readable;
  return `${above.join(' > ')}: ${own}`;
}

/** How much text is read up to each of some sentences, the question with each of them: ascending, UTF-16 code units. */
export function lengthsToRead(question: string, ranked: readonly { readonly sentence: CandidateSentence }[]): number[] {
  let length = 0;
  return ranked.map(({ sentence }) => (length += question.length + textToRead(sentence).length));
}
