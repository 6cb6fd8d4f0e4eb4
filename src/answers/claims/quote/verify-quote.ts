import type { ClaimTask, ClaimVerifier } from '../claim-verifier.ts';
import type { ClaimVerdict, SourceSpan } from '../claim.ts';
import { placesOfWords } from './find-words.ts';

/** Shorter claims ("Yes", "12") stand in any text by chance. UTF-16 code units. */
const SHORTEST = 12;
const OPENING = /^[\s"'“”‘’«»([*_`>-]+/;
const CLOSING = /[\s"'“”‘’«»)\]*_`.!;:,]+$/;

/** Finds claims that stand word for word in a source; decides nothing else. */
export const quoteVerifier: ClaimVerifier = {
  level: 'quote',
  reach: 'unsure',
  verify: (tasks) => Promise.resolve(tasks.map(verifyQuote)),
};

function verifyQuote(task: ClaimTask): ClaimVerdict {
  const { claim } = task;
  const span = findQuote(task);
  const common = { claim, level: 'quote' as const, conflict: null };
  if (span === null)
    return {
      ...common,
      status: 'unverified',
      settled: false,
      score: 0,
      spans: [],
      reason: 'no source says it in these words',
    };
  return {
    ...common,
    status: 'supported',
    settled: true,
    score: 1,
    spans: [span],
    reason: 'a source says it in these words',
  };
}

/**
 * Looks for a claim word for word: white space, quotation marks and dashes may be written differently, nothing else. A
 * stretch counts only when it is a whole statement there: it begins and ends where a sentence or a line does.
 */
function findQuote({ claim, sources }: ClaimTask): SourceSpan | null {
  const wanted = claim.text.replace(OPENING, '').replace(CLOSING, '');
  if (wanted.length < SHORTEST || !/\s/.test(wanted)) return null;
  for (const source of sources) {
    for (const span of placesOfWords(source, wanted)) {
      if (isWhole(source.text, span.start, span.end)) return span;
    }
  }
  return null;
}

/** Whether the stretch is not a part of something that may say otherwise ("It is false that …", "… unless …"). */
function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 6), start);
  const after = text.slice(end, end + 4);
  const opens =
    start === 0 || /(?:^|\n|[.!?…。！？]["'”’)]*\s)[\s"'“‘«(*_•–-]*$/u.test(before) || /[。！？]$/.test(before);
  const closes = /^["'”’»)\]*_]*(?:$|[.!…。！\n](?!\d))/u.test(after);
  return opens && closes;
}
