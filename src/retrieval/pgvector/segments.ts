import type { Transaction } from '../../store/index.ts';
import { ELEMENT, binaryArray, int4Array, textArray } from './binary-array.ts';
import { blockOf, type CountedTerms, postingsOf } from './postings.ts';
import type { Relations } from './relations.ts';

/** A segment: postings of neighbouring rows that are written once and never changed. */
export interface Segment {
  readonly segment: number;
  /** Number of its first row; segments' rows do not overlap. */
  readonly firstRow: number;
  readonly chunks: number;
}

/** Larger ones are not made: a word's block then has at most 1 MB, which is read without holding the event loop. */
const MAX_SEGMENT_CHUNKS = 131_072;
/** A segment is merged with the newer ones when it is at most so many times as large as they are together. */
const MERGE_RATIO = 2;
/** Terms per statement: about 2 ms of the event loop. */
const TERMS_PER_STATEMENT = 1_000;

/**
 * Which neighbouring segments are worth merging: the newest ones, as far back as they are not much larger than what
 * follows them. Every posting is rewritten a logarithmic number of times, and a logarithmic number of segments remains.
 * @param segments ascending by first row
 * @returns those to merge, ascending; empty: nothing to do
 */
export function planMerge(segments: readonly Segment[]): Segment[] {
  const newest = segments.at(-1);
  if (newest === undefined) return [];
  let from = segments.length - 1;
  let chunks = newest.chunks;
  for (; from > 0; from -= 1) {
    const older = segments[from - 1] as Segment;
    if (older.chunks > chunks * MERGE_RATIO || older.chunks + chunks > MAX_SEGMENT_CHUNKS) break;
    chunks += older.chunks;
  }
  return from === segments.length - 1 ? [] : segments.slice(from);
}

/** All segments, ascending by first row. */
export async function readSegments(tx: Transaction, relations: Relations): Promise<Segment[]> {
  return await tx.query<Segment & Record<string, unknown>>(
    `select segment, first_row as "firstRow", chunks from ${relations.segments} order by first_row`,
  );
}

/** Writes counted terms as a segment of its own. */
export async function addSegment(
  tx: Transaction,
  relations: Relations,
  { counted, firstRow }: { readonly counted: CountedTerms; readonly firstRow: number },
): Promise<void> {
  const segment = await newSegment(tx, relations, { firstRow, chunks: counted.lengths.length });
  const terms = [...counted.byTerm.keys()];
  for (let from = 0; from < terms.length; from += TERMS_PER_STATEMENT) {
    const some = terms.slice(from, from + TERMS_PER_STATEMENT);
    const blocks = some.map((term) => blockOf(counted.byTerm.get(term) ?? []));
    const dfs = blocks.map((block) => postingsOf(block).length / 2);
    await insertBlocks(tx, relations, { segment, terms: some, dfs, blocks });
  }
}

/** Merges segments into one, in the database: blocks of the same term are put one after the other. */
export async function mergeSegments(tx: Transaction, relations: Relations, merged: readonly Segment[]): Promise<void> {
  const [first] = merged;
  if (first === undefined) return;
  const { postings, segments } = relations;
  const chunks = merged.reduce((sum, each) => sum + each.chunks, 0);
  const segment = await newSegment(tx, relations, { firstRow: first.firstRow, chunks });
  const old = merged.map((each) => each.segment);
  // The old segment's own entry is among those deleted, the new one's is not: it is not in the list.
  await tx.query(
    `insert into ${postings} (segment, term, df, block)
     select $2::bigint, p.term, sum(p.df)::int, string_agg(p.block, ''::bytea order by s.first_row)
       from ${postings} p join ${segments} s on s.segment = p.segment
      where p.segment = any($1::bigint[]) group by p.term`,
    [old, segment],
  );
  await deleteSegments(tx, relations, old);
}

/** Writes a segment anew without the rows that were taken out. */
export async function purgeSegment(
  tx: Transaction,
  relations: Relations,
  { segment: old, gone }: { readonly segment: Segment; readonly gone: ReadonlySet<number> },
): Promise<void> {
  const chunks = Math.max(0, old.chunks - gone.size);
  const segment = await newSegment(tx, relations, { firstRow: old.firstRow, chunks });
  for (let after = ''; ; ) {
    const page = await tx.query<{ term: string; block: Uint8Array }>(
      `select term, block from ${relations.postings} where segment = $1 and term > $2 order by term limit $3`,
      [old.segment, after, TERMS_PER_STATEMENT],
    );
    const kept = page
      .map(({ term, block }) => ({ term, postings: without(postingsOf(block), gone) }))
      .filter(({ postings }) => postings.length > 0);
    await insertBlocks(tx, relations, {
      segment,
      terms: kept.map(({ term }) => term),
      dfs: kept.map(({ postings }) => postings.length / 2),
      blocks: kept.map(({ postings }) => blockOf(postings)),
    });
    const last = page.at(-1);
    if (last === undefined || page.length < TERMS_PER_STATEMENT) break;
    after = last.term;
  }
  await deleteSegments(tx, relations, [old.segment]);
  if (chunks === 0) await deleteSegments(tx, relations, [segment]);
}

function without(postings: Uint32Array, gone: ReadonlySet<number>): number[] {
  const kept: number[] = [];
  for (let at = 0; at < postings.length; at += 2) {
    const row = postings[at] as number;
    if (!gone.has(row)) kept.push(row, postings[at + 1] as number);
  }
  return kept;
}

async function newSegment(
  tx: Transaction,
  relations: Relations,
  { firstRow, chunks }: Omit<Segment, 'segment'>,
): Promise<number> {
  const [row] = await tx.query<{ segment: number }>(
    `insert into ${relations.segments} (segment, first_row, chunks)
     values (nextval('${relations.segmentIds}'), $1, $2) returning segment`,
    [firstRow, chunks],
  );
  return row?.segment ?? 0;
}

async function deleteSegments(tx: Transaction, relations: Relations, segments: readonly number[]): Promise<void> {
  await tx.query(`delete from ${relations.postings} where segment = any($1::bigint[])`, [segments]);
  await tx.query(`delete from ${relations.segments} where segment = any($1::bigint[])`, [segments]);
}

async function insertBlocks(
  tx: Transaction,
  relations: Relations,
  rows: {
    readonly segment: number;
    readonly terms: readonly string[];
    readonly dfs: readonly number[];
    readonly blocks: readonly Uint8Array[];
  },
): Promise<void> {
  if (rows.terms.length === 0) return;
  await tx.query(
    `insert into ${relations.postings} (segment, term, df, block)
     select $1::bigint, * from unnest($2::text[], $3::int4[], $4::bytea[])`,
    [rows.segment, textArray(rows.terms), int4Array(rows.dfs), binaryArray(ELEMENT.bytea, rows.blocks)],
  );
}
