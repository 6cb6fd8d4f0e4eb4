import { hash } from 'node:crypto';
import { PlumblineError } from '../base/index.ts';
import type { Citation } from './answer.ts';

/** A quote is not where its citation says. Never shown to a reader: the answer is withheld. */
class QuoteMismatch extends PlumblineError {
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

/** A version's canonical text as it was read for an answer. */
export interface ReadText {
  readonly versionId: string;
  readonly source: string;
  /** SHA-256 in hex of the canonical text as UTF-8, from the store. */
  readonly sourceSha256: string;
}

/**
 * Checks that every quote is in the canonical text it claims to come from, and that this is the text that was stored:
 * its hash is taken anew.
 * @throws QuoteMismatch
 */
export function verifyQuotes(citations: readonly Citation[], texts: readonly ReadText[]): void {
  const intact = new Map<string, string | null>();
  for (const citation of citations) {
    const { versionId, start, end, quote } = citation;
    if (!intact.has(versionId)) intact.set(versionId, intactText(versionId, texts));
    const source = intact.get(versionId) ?? null;
    if (source === null || quote === '' || source.slice(start, end) !== quote) throw new QuoteMismatch(citation);
  }
}

function intactText(versionId: string, texts: readonly ReadText[]): string | null {
  const text = texts.find((each) => each.versionId === versionId);
  return text !== undefined && hash('sha256', text.source, 'hex') === text.sourceSha256 ? text.source : null;
}
