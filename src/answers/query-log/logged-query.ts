import { createHash } from 'node:crypto';
import type { Filter, RetrievalSettings } from '../../retrieval/index.ts';

/** A search that can be made again: everything its result depends on beside tenant, access list and time. */
export interface LoggedQuery {
  readonly question: string;
  readonly filter: Filter;
  /** The request's own. */
  readonly settings: RetrievalSettings;
  /** Passages wanted, 1…100. */
  readonly limit: number;
}

/** A search as it was made. */
export interface MadeSearch {
  readonly collectionId: string;
  readonly query: LoggedQuery;
  /** Documents it found. */
  readonly documentIds: readonly string[];
}

/** What equal searches of equal readers share, SHA-256 in hex. @param groups sorted, each once */
export function queryKey(search: MadeSearch, groups: readonly string[]): string {
  const { question, filter, settings, limit } = search.query;
  const parts = [search.collectionId, question, filter, settings, limit, groups];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
