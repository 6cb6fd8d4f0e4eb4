import type { RewriteKind } from '../prompts/index.ts';
import type { ChunkIndex, Hit, IndexScope } from './chunk-index.ts';
import { fuse, type Fusion, type Scored } from './fusion.ts';
import { type BothQuery, type Found, searchBoth } from './search-both.ts';
import { joinQueries, type StageRecord } from './stages/index.ts';

/** Another wording of a question. */
export interface OtherQuery {
  readonly kind: RewriteKind;
  readonly text: string;
  /** None: it is searched by its vector alone. */
  readonly terms: readonly string[];
  readonly vector: Float32Array | null;
}

/** What another wording found. */
interface FoundByOther {
  readonly query: OtherQuery;
  readonly found: Found;
  readonly ms: number;
}

/** Searches every wording as the question is searched, at the same time. */
export async function searchOthers(
  index: ChunkIndex,
  scope: IndexScope,
  { others, ...query }: Omit<BothQuery, 'terms' | 'vector'> & { readonly others: readonly OtherQuery[] },
): Promise<FoundByOther[]> {
  return await Promise.all(
    others.map(async (other) => {
      const started = performance.now();
      const found = await searchBoth(index, scope, { ...query, terms: other.terms, vector: other.vector });
      return { query: other, found, ms: performance.now() - started };
    }),
  );
}

/** A ranking joined with those of other wordings. */
interface Joined {
  /** The question's rankings, with what only others found among `more`. */
  readonly found: Found & { readonly more: readonly Hit[] };
  /** What each wording found, then the joined ranking; empty: there were none. */
  readonly stages: readonly StageRecord[];
}

/** Joins what the question found with what its other wordings found; the question's cosine is looked up for what only they did. */
export async function joinedWith(
  index: ChunkIndex,
  scope: IndexScope,
  given: {
    readonly own: Found;
    readonly ranking: readonly Scored[];
    readonly others: readonly FoundByOther[];
    readonly query: { readonly vector: Float32Array | null };
    readonly fusion: Fusion;
  },
): Promise<Joined> {
  const { own, others, fusion, query } = given;
  if (others.length === 0) return { found: { ...own, more: [] }, stages: [] };
  const records = others.map(({ query: { kind, text }, found, ms }): StageRecord => {
    return { stage: 'rewording', what: `${NAMES[kind]} “${text}”`, ms, ranking: fuse(found, fusion) };
  });
  const started = performance.now();
  const rankings = records.map(({ ranking }) => ranking);
  const ranking = joinQueries(given.ranking, rankings, fusion.by);
  const known = new Set([...own.text, ...own.vectors].map(({ id }) => id));
  const more = [...new Map(others.flatMap(hitsOf).map((hit) => [hit.id, hit])).values()].filter(
    ({ id }) => !known.has(id),
  );
  const ids = more.map(({ id }) => id);
  const cosines = query.vector === null || ids.length === 0 ? [] : await index.similarities(scope, query.vector, ids);
  const how = fusion.by === 'rank' ? '1 / (60 + rank)' : 'scores scaled to 0…1';
  const what = `the question and, together as much, ${records.length} rewordings: sum of ${how}`;
  const joined: StageRecord = { stage: 'rewordings', what, ms: performance.now() - started, ranking };
  const similarities = new Map([...own.similarities, ...cosines]);
  return { found: { ...own, similarities, more }, stages: [...records, joined] };
}

const NAMES: Readonly<Record<RewriteKind, string>> = {
  variants: 'the same in other words:',
  parts: 'a part of the question:',
  general: 'the more general question:',
  passage: 'a passage that might answer it, by meaning only:',
};

function hitsOf({ found }: FoundByOther): Hit[] {
  return [...found.vectors, ...found.text];
}
