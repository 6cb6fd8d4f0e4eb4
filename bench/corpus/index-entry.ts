import { chunkIdOf, EVERYONE, type TenantContext } from '../../src/base/index.ts';
import type { ChunkAttributes, IndexScope } from '../../src/retrieval/index.ts';

const prefix = '00000000-0000-7000-8000-';

/** On whose behalf the benchmarks search: one principal who may read what everyone may. */
export const benchContext: TenantContext = {
  tenantId: `${prefix}ffffffffffff`,
  principalId: 'local',
  groups: [EVERYONE],
  requestId: 'bench',
};

/** The index of one corpus under one embedder. */
export function benchScope(embedderId: string): IndexScope {
  return { tenantId: benchContext.tenantId, collectionId: `${prefix}eeeeeeeeeeee`, embedderId, dimensions: 384 };
}

/** What the chunk index keeps beside the text of the corpus's chunk number so-and-so; one chunk to a document. */
export function attributesOf(number: number): ChunkAttributes {
  const documentId = prefix + number.toString(16).padStart(12, '0');
  return {
    id: chunkIdOf(documentId, 'bench@1', 0),
    documentId,
    versionId: documentId,
    externalId: `part-${Math.floor(number / 100)}/note-${number}.txt`,
    mediaType: 'text/plain',
    acl: [EVERYONE],
    tags: [],
    metadata: [],
    effectiveFrom: 0,
    effectiveTo: null,
  };
}

/** The number that {@link attributesOf} was given for this hit's document. */
export function numberOf(hit: { readonly documentId: string }): number {
  return Number.parseInt(hit.documentId.slice(prefix.length), 16);
}
