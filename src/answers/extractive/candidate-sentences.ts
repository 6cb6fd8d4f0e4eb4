import { splitSentences } from '../../ingest/index.ts';
import { analyse } from '../../retrieval/index.ts';
import type { Passage } from '../evidence/passage.ts';

/** A sentence that may carry the answer. */
export interface CandidateSentence {
  readonly passage: Passage;
  /** Half-open, UTF-16 code units into the passage's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  /** Terms of the title and headings above it. */
  readonly context: ReadonlySet<string>;
}

/** Shorter than this a sentence is a label; longer it is a passage. UTF-16 code units. */
const MIN_LENGTH = 12;
const MAX_LENGTH = 700;

/** The sentences of passages, each once, although passages may overlap. */
export function candidateSentences(passages: readonly Passage[]): CandidateSentence[] {
  const seen = new Set<string>();
  return passages.flatMap((passage) => {
    const context = new Set(analyse([passage.title, ...passage.headingPath].join(' ')));
    return splitSentences(passage.text).flatMap(({ start, end }): CandidateSentence[] => {
      const text = passage.text.slice(start, end);
      const place = `${passage.versionId}/${passage.start + start}`;
      if (text.length < MIN_LENGTH || text.length > MAX_LENGTH || seen.has(place)) return [];
      if (isHeading(text, passage)) return [];
      seen.add(place);
      return [{ passage, start, end, text, terms: new Set(analyse(text)), context }];
    });
  });
}

function isHeading(text: string, passage: Passage): boolean {
  const bare = text.trim();
  return bare === passage.title || passage.headingPath.includes(bare);
}
