import type { TenantContext } from '../base/index.ts';
import type { Citation } from './answer.ts';
import { cite } from './evidence/cite.ts';
import { type EvidenceQuery, retrieve } from './evidence/retrieve.ts';
import type { AnswerServices } from './services.ts';

/** A passage found, with where it stood at each stage. */
export interface SearchResult extends Citation {
  readonly chunkId: string;
  readonly mediaType: string;
  /** Fused score: higher is better, comparable within one search. */
  readonly score: number;
  readonly text: { readonly rank: number; readonly score: number } | null;
  readonly vector: { readonly rank: number; readonly score: number } | null;
}

/** One page of a search. */
export interface SearchPage {
  readonly items: readonly SearchResult[];
  readonly nextCursor: string | null;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Finds passages by words and by meaning. @throws PlumblineError `question.invalid`, `cursor.invalid` */
export async function search(
  services: AnswerServices,
  context: TenantContext,
  query: EvidenceQuery,
): Promise<SearchPage> {
  const found = await retrieve(services, context, query);
  const items = found.passages.map(
    (passage): SearchResult => ({
      ...cite(passage, { start: passage.start, end: passage.end, label: null }),
      chunkId: passage.candidate.id,
      mediaType: passage.mediaType,
      score: passage.candidate.score,
      text: passage.candidate.text,
      vector: passage.candidate.vector,
    }),
  );
  return { items, nextCursor: found.next, timings: found.timings };
}
