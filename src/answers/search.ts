import type { TenantContext } from '../base/index.ts';
import type { Citation } from './answer.ts';
import { citeWhole } from './evidence/cite.ts';
import type { RetrievalPlan, StageRecord } from '../retrieval/index.ts';
import type { FoundPassage } from './evidence/passage.ts';
import { type Evidence, type EvidenceQuery, retrieveAlone } from './evidence/retrieve.ts';
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

/** A search. */
export interface SearchQuery extends EvidenceQuery {
  /** Whether to tell what each stage did; default false. */
  readonly explain?: boolean;
}

/** How a search came to its page. */
export interface SearchExplanation {
  /** Every setting as it was decided. */
  readonly plan: RetrievalPlan;
  /** The question's own terms, as the index holds them; a stage `question` says what was added. */
  readonly terms: readonly string[];
  /** In the order they ran; words and meaning at the same time. */
  readonly stages: readonly ExplainedStage[];
}

/** What one stage did with the passages of the page. */
export interface ExplainedStage extends Pick<StageRecord, 'stage' | 'what' | 'ms'> {
  /** How many chunks it ranked. */
  readonly ranked: number;
  /** Where the page's passages stood in it, in the page's order; null: it did not rank the passage. */
  readonly standings: readonly ({ readonly rank: number; readonly score: number } | null)[];
}

/** One page of a search. */
export interface SearchPage {
  readonly items: readonly SearchResult[];
  readonly nextCursor: string | null;
  /** Null: not asked for. */
  readonly explain: SearchExplanation | null;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Finds passages by words and by meaning. @throws PlumblineError `question.invalid`, `cursor.invalid`, `retrieval-settings.invalid` */
export async function search(
  services: AnswerServices,
  context: TenantContext,
  query: SearchQuery,
): Promise<SearchPage> {
  const found = await retrieveAlone(services, context, query);
  const items = found.passages.map(
    (passage): SearchResult => ({
      ...citeWhole(passage),
      chunkId: passage.candidate.id,
      mediaType: passage.mediaType,
      score: passage.candidate.score,
      text: passage.candidate.text,
      vector: passage.candidate.vector,
    }),
  );
  const explain = query.explain === true ? explanationOf(found) : null;
  return { items, nextCursor: found.next, explain, timings: found.timings };
}

function explanationOf({ plan, terms, stages, passages }: Evidence<FoundPassage>): SearchExplanation {
  const explained = stages.map(({ stage, what, ms, ranking }) => {
    const places = new Map(ranking.map(({ id, score }, index) => [id, { rank: index + 1, score }]));
    const standings = passages.map((passage) => places.get(passage.candidate.id) ?? null);
    return { stage, what, ms, ranked: ranking.length, standings };
  });
  return { plan, terms, stages: explained };
}
