import { splitSentences } from '../../../ingest/index.ts';
import type { Claim } from '../claim.ts';
import { type IsCitation, takeMarks } from './citation-marks.ts';
import { statesSomething } from './states-something.ts';

/** Between statements that can stand alone: a semicolon, or a comma and a joining word before a new subject. */
const JOINT =
  /;\s+|,\s+(?:and|but|whereas|while|yet)\s+(?=(?:the|a|an|this|that|these|those|it|they|he|she|we|you|his|her|their|its|each|every|all|no)\s+\S+\s+\S+)/g;
/** A part with fewer words is not a statement of its own. */
const FEWEST_WORDS = 4;

/**
 * Splits an answer's text into claims: its sentences, taken apart where a joined clause has its own subject. Citation
 * marks are taken out and kept; a mark that stands alone after a sentence belongs to that sentence.
 * @param isCitation asked of what looks like a citation. Default: all of it is
 */
export function splitClaims(text: string, isCitation: IsCitation = () => true): Claim[] {
  const claims: Claim[] = [];
  let sentence = 0;
  for (const { start, end } of splitSentences(text)) {
    const unmarked = takeMarks(text.slice(start, end), isCitation);
    if (!/[\p{L}\p{N}]/u.test(unmarked.text) && unmarked.cites !== null) {
      citeBefore(claims, unmarked.cites);
      continue;
    }
    for (const part of parts(unmarked.text)) {
      const own = unmarked.text.slice(part.start, part.end);
      const isClaim = statesSomething(own);
      claims.push({
        text: own,
        start: start + part.start,
        end: start + part.end,
        sentence,
        cites: unmarked.cites,
        isClaim,
      });
    }
    sentence += 1;
  }
  return claims;
}

function citeBefore(claims: Claim[], cites: readonly string[]): void {
  const last = claims.at(-1)?.sentence;
  claims.forEach((claim, i) => {
    if (claim.sentence === last) claims[i] = { ...claim, cites: [...new Set([...(claim.cites ?? []), ...cites])] };
  });
}

function parts(sentence: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let from = 0;
  for (const joint of sentence.matchAll(JOINT)) {
    const isLong = (part: string): boolean => part.trim().split(/\s+/).length >= FEWEST_WORDS;
    if (!isLong(sentence.slice(from, joint.index)) || !isLong(sentence.slice(joint.index + joint[0].length))) continue;
    found.push(trimmed(sentence, from, joint.index));
    from = joint.index + joint[0].length;
  }
  found.push(trimmed(sentence, from, sentence.length));
  return found;
}

function trimmed(text: string, from: number, to: number): { start: number; end: number } {
  const part = text.slice(from, to);
  const start = from + (part.length - part.trimStart().length);
  return { start, end: Math.max(start, from + part.trimEnd().length) };
}
