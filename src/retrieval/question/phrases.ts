import { analyse } from '../analyse.ts';

const QUOTED = /"([^"]{3,200})"|“([^”]{3,200})”|„([^“”]{3,200})[“”]|«([^»]{3,200})»/gu;

/** What stands between quotation marks and has two terms or more, as terms in their order. */
export function phrasesOf(question: string): string[][] {
  const quoted = Array.from(
    question.matchAll(QUOTED),
    (match) => match.slice(1).find((each) => each !== undefined) ?? '',
  );
  return quoted.map((phrase) => analyse(phrase)).filter((terms) => terms.length > 1);
}

/** Whether the terms stand one after the other in a text; stop words between them do not count, inflection neither. */
export function containsPhrase(text: string, phrase: readonly string[]): boolean {
  const terms = analyse(text);
  for (let from = 0; from + phrase.length <= terms.length; from += 1) {
    if (phrase.every((term, offset) => terms[from + offset] === term)) return true;
  }
  return false;
}
