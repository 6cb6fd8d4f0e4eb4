import { PlumblineError } from '../base/index.ts';
import type { Citation } from './answer.ts';

/** A quote is not where its citation says. Never shown to a reader: the answer is withheld. */
export class QuoteMismatch extends PlumblineError {
  constructor(citation: Citation) {
    super({
      code: 'quote.mismatch',
      kind: 'fatal',
      message:
        `A quote from ${citation.externalId} is not at ${citation.start}–${citation.end} of its source, ` +
        'so the answer was withheld. Run `plumb reindex` and ask again.',
      details: { documentId: citation.documentId, version: citation.version, start: citation.start, end: citation.end },
    });
  }
}

/**
 * Checks every quote against the canonical text it claims to come from.
 * @param textOf the canonical text of a version
 * @throws QuoteMismatch
 */
export async function verifyQuotes(
  citations: readonly Citation[],
  textOf: (citation: Citation) => Promise<string>,
): Promise<void> {
  for (const citation of citations) {
    const text = await textOf(citation);
    if (citation.quote === '' || text.slice(citation.start, citation.end) !== citation.quote) {
      throw new QuoteMismatch(citation);
    }
  }
}
