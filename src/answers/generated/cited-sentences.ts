import { splitSentences } from '../../ingest/index.ts';
import type { ReadMark } from './citation-reader.ts';

/** A sentence of a reply. */
export interface CitedSentence {
  readonly text: string;
  /** Numbers of passages, from 1, each once. */
  readonly passages: readonly number[];
}

/** Sentences with the passages they cite. A mark belongs to the sentence it stands in or directly behind. */
export function citedSentences(text: string, marks: readonly ReadMark[]): CitedSentence[] {
  const spans = text.split('\n').flatMap((line, i, lines) => {
    const offset = lines.slice(0, i).reduce((sum, each) => sum + each.length + 1, 0);
    return splitSentences(line).map(({ start, end }) => ({ start: start + offset, end: end + offset }));
  });
  return spans.flatMap(({ start, end }, i): CitedSentence[] => {
    const sentence = text.slice(start, end).trim();
    const next = spans[i + 1]?.start ?? Infinity;
    const own = marks.filter(({ at }) => at > start && at <= next && (at <= end || at < next || next === Infinity));
    return sentence === '' ? [] : [{ text: sentence, passages: [...new Set(own.map(({ passage }) => passage))] }];
  });
}
