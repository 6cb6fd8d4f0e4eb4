import type { Transaction } from '../../store/index.ts';
import { type BlockCache, blockKey, type CachedBlock } from './block-cache.ts';
import { postingsOf } from './postings.ts';
import type { Relations } from './relations.ts';
import type { CollectionLengths, TermPostings } from './score-postings.ts';

/** Readings before a search makes do with what it has because segments are merged all the time. */
const ATTEMPTS = 5;

/** Where a text search reads. */
export interface TextSource {
  readonly tx: Transaction;
  readonly relations: Relations;
  readonly cache: BlockCache;
}

/** What is needed to score some terms. */
export interface Postings {
  readonly collection: CollectionLengths;
  readonly terms: readonly TermPostings[];
}

type State = CollectionLengths & { readonly segments: readonly number[] };

interface Block {
  readonly key: string;
  readonly term: string;
  readonly block: CachedBlock;
}

interface Wanted {
  readonly key: string;
  readonly term: string;
  readonly segment: number;
}

/** The terms' postings in all segments. Segments that were merged in the middle of reading are read again. */
export async function readPostings(source: TextSource, terms: readonly string[]): Promise<Postings> {
  let state = await readState(source);
  for (let attempt = 1; ; attempt += 1) {
    const { remembered, missing } = lookUp(source, terms, state);
    if (missing.length === 0) return gather(state, remembered);
    const read = await readBlocks(source, missing);
    const now = await readState(source);
    const isWhole = now.segments.join() === state.segments.join();
    if (isWhole) for (const { key, block } of read) source.cache.set(key, block);
    if (isWhole || attempt === ATTEMPTS) return gather(state, [...remembered, ...read]);
    state = now;
  }
}

async function readState({ tx, relations }: TextSource): Promise<State> {
  const [state] = await tx.query<State & Record<string, unknown>>(
    `select chunks, length, array(select segment from ${relations.segments} order by first_row) as segments
       from ${relations.state}`,
  );
  return state ?? { chunks: 0, length: 0, segments: [] };
}

function lookUp(
  { relations, cache }: TextSource,
  terms: readonly string[],
  { segments }: State,
): { remembered: Block[]; missing: Wanted[] } {
  const remembered: Block[] = [];
  const missing: Wanted[] = [];
  for (const segment of segments) {
    for (const term of terms) {
      const key = blockKey(relations.postings, segment, term);
      const block = cache.get(key);
      if (block === undefined) missing.push({ key, term, segment });
      else remembered.push({ key, term, block });
    }
  }
  return { remembered, missing };
}

async function readBlocks({ tx, relations }: TextSource, missing: readonly Wanted[]): Promise<Block[]> {
  const rows = await tx.query<{ place: number; df: number; block: Uint8Array }>(
    `select wanted.place, p.df, p.block
       from unnest($1::bigint[], $2::text[]) with ordinality as wanted(segment, term, place)
       join ${relations.postings} p on p.segment = wanted.segment and p.term = wanted.term collate "C"`,
    [missing.map(({ segment }) => segment), missing.map(({ term }) => term)],
  );
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return missing.map(({ key, term }, i) => {
    const row = byPlace.get(i + 1);
    return { key, term, block: { df: row?.df ?? 0, postings: postingsOf(row?.block ?? new Uint8Array()) } };
  });
}

function gather(collection: CollectionLengths, blocks: readonly Block[]): Postings {
  const byTerm = Map.groupBy(
    blocks.filter(({ block }) => block.df > 0),
    ({ term }) => term,
  );
  const terms = [...byTerm.values()].map((ofTerm) => ({
    df: ofTerm.reduce((sum, { block }) => sum + block.df, 0),
    lists: ofTerm.map(({ block }) => block.postings),
  }));
  return { collection, terms };
}
