import type { Citation } from '../answer.ts';
import { type Passage, pageAt } from './passage.ts';

/**
 * A citation of a stretch of a passage.
 * @param span half-open, UTF-16 code units into the passage's own text
 */
export function cite(passage: Passage, span: { readonly start: number; readonly end: number }): Citation {
  const start = passage.start + span.start;
  return {
    documentId: passage.documentId,
    versionId: passage.versionId,
    version: passage.version,
    title: passage.title,
    externalId: passage.externalId,
    page: pageAt(passage.pageStarts, start),
    headingPath: passage.headingPath,
    start,
    end: passage.start + span.end,
    quote: passage.text.slice(span.start, span.end),
  };
}
