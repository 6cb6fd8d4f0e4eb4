import { hash } from 'node:crypto';
import type { Passage } from './passage.ts';

let built = 0;

/** A passage for tests: the whole of `source`, of a document of its own, unless told otherwise. */
export function buildPassage(overrides: Partial<Passage> & Pick<Passage, 'source'>): Passage {
  built += 1;
  const { source, start = 0, end = source.length } = overrides;
  const [id, documentId, versionId] = [`chunk-${built}`, `document-${built}`, `version-${built}`];
  const standing = { rank: 1, score: 1 };
  return {
    candidate: { id, documentId, versionId, ...standing, text: standing, vector: standing, cosine: 0.5 },
    documentId,
    versionId,
    version: 1,
    title: `Document ${built}`,
    externalId: `document-${built}.md`,
    mediaType: 'text/markdown',
    headingPath: [],
    pageStarts: [],
    start,
    end,
    text: source.slice(start, end),
    sourceSha256: hash('sha256', source, 'hex'),
    effectiveFrom: 0,
    effectiveTo: null,
    ...overrides,
  };
}
