import type { ChunkIndex } from '../chunk-index.ts';
import type { IndexVersions } from './index-versions.ts';

/** The index, with every write that a search can see counted by `versions`. Searches and upkeep pass through. */
export function versionedChunkIndex(index: ChunkIndex, versions: IndexVersions): ChunkIndex {
  return {
    putText: (scope, entries, options) => versions.writing(scope, () => index.putText(scope, entries, options)),
    putVectors: (scope, entries, options) => versions.writing(scope, () => index.putVectors(scope, entries, options)),
    closeVersions: (scope, versionIds, effectiveTo) =>
      versions.writing(scope, () => index.closeVersions(scope, versionIds, effectiveTo)),
    removeDocuments: (scope, documentIds) => versions.writing(scope, () => index.removeDocuments(scope, documentIds)),
    drop: (scope) => versions.writing(scope, () => index.drop(scope)),
    scrub: (scope) => index.scrub(scope),
    optimise: (scope) => index.optimise(scope),
    unindexed: (scope) => index.unindexed(scope),
    searchText: (scope, terms, options) => index.searchText(scope, terms, options),
    searchVectors: (scope, vector, options) => index.searchVectors(scope, vector, options),
    similarities: (scope, vector, ids) => index.similarities(scope, vector, ids),
    vectors: (scope, ids) => index.vectors(scope, ids),
    listIds: (scope, part, page) => index.listIds(scope, part, page),
    close: () => index.close(),
  };
}
