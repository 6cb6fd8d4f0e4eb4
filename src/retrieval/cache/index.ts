/**
 * What searching need not do twice: results by the state of the index, vectors by their text. In this process, bounded,
 * per tenant and access list; never a result of another state of the index. Start with `search-cache.ts`.
 */
export { BoundedCache, type CacheCounts } from './bounded-cache.ts';
export { openSearchCaches } from './open-search-caches.ts';
export type { SearchCache } from './search-cache.ts';
export type { VectorCache } from './vector-cache.ts';
export { versionedChunkIndex } from './versioned-chunk-index.ts';
