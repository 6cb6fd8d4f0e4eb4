import type { TenantContext } from '../../base/index.ts';
import { analyse } from '../../retrieval/index.ts';
import type { Blobs, Database } from '../../store/index.ts';
import type { ReadText } from '../verify-quotes.ts';
import type { Between, Moment } from './asked-change.ts';

/** A version with its words. */
export interface ComparedVersion extends ReadText {
  readonly documentId: string;
  /** 1-based. */
  readonly version: number;
  readonly title: string;
  readonly externalId: string;
  readonly pageStarts: readonly number[];
  /** Milliseconds since 1970 UTC; null: still valid. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
}

/** What was valid at the one moment and at the other; null: nothing yet, or nothing any more. Never both null. */
export interface VersionPair {
  readonly before: ComparedVersion | null;
  readonly after: ComparedVersion | null;
}

/** Versions compared at most, and UTF-16 code units of their texts together: what is told of is far less. */
const MOST_VERSIONS = 100;
const MOST_TEXT = 20_000_000;

const VALID_AT = (n: number): string =>
  `(v.effective_from <= $${n}::timestamptz and (v.effective_to is null or v.effective_to > $${n}::timestamptz))`;

/** Versions that stand on one side only, of documents that the reader may read. */
function queryOf(side: (n: number) => string): string {
  return `
select d.id as "documentId", d.external_id as "externalId", v.id as "versionId", v.ordinal as version, v.title,
       v.text_sha256 as "sourceSha256", v.page_starts as "pageStarts", v.effective_from as "effectiveFrom",
       v.effective_to as "effectiveTo", v.text_length as "textLength", ${side(3)} as "isBefore"
  from documents d join versions v on v.document_id = d.id
 where d.collection_id = $1 and d.acl && $2::text[] and ${side(3)} <> ${side(4)} and ($5::uuid[] is null or d.id = any($5::uuid[]))
 order by d.id, v.ordinal limit ${MOST_VERSIONS + 1}`;
}

interface Row extends Omit<ComparedVersion, 'source' | 'effectiveFrom' | 'effectiveTo'> {
  readonly effectiveFrom: Date;
  readonly effectiveTo: Date | null;
  readonly textLength: number;
  readonly isBefore: boolean;
}

/**
 * The versions that differ between two moments, or two versions, in pairs: of one document, or of a document and the one that
 * took its place (its title shares most words).
 * @param wanted.documentIds only these; null: all of the collection
 * @returns null when there are too many to compare: some of them would look new or gone that are not
 */
export async function versionsBetween(
  services: { readonly database: Database; readonly blobs: Blobs },
  context: TenantContext,
  wanted: Between & { readonly collectionId: string; readonly documentIds: readonly string[] | null },
): Promise<VersionPair[] | null> {
  const { collectionId, documentIds, from, to } = wanted;
  const byVersion = 'version' in from;
  const query = queryOf(byVersion ? (n) => `(v.ordinal = $${n}::int)` : VALID_AT);
  const parameters = [collectionId, context.groups, valueOf(from), valueOf(to), documentIds];
  const rows = await services.database.withTenant(context, (tx) => tx.query<Row>(query, parameters));
  if (rows.length > MOST_VERSIONS || rows.reduce((sum, { textLength }) => sum + textLength, 0) > MOST_TEXT) return null;
  const read = await Promise.all(
    rows.map(async ({ isBefore, ...row }) => {
      const source = new TextDecoder().decode(await services.blobs.get(context.tenantId, row.sourceSha256));
      const effectiveTo = row.effectiveTo?.getTime() ?? null;
      return { isBefore, version: { ...row, source, effectiveFrom: row.effectiveFrom.getTime(), effectiveTo } };
    }),
  );
  const before = read.filter((each) => each.isBefore).map((each) => each.version);
  const after = read.filter((each) => !each.isBefore).map((each) => each.version);
  const pairs = pairsOf(before, after);
  return byVersion ? pairs.filter((pair) => pair.before !== null && pair.after !== null) : pairs;
}

const HEADINGS = `
select version_id as "versionId", start, "end", heading_path as "headingPath" from chunks where version_id = any($1::uuid[])`;

/** Headings above a place of a version's text, outermost first. */
export type HeadingsAt = (versionId: string, place: number) => readonly string[];

/** Reads the headings of versions. */
export async function readHeadings(
  database: Database,
  context: TenantContext,
  versionIds: readonly string[],
): Promise<HeadingsAt> {
  const rows = await database.withTenant(context, (tx) =>
    tx.query<{ versionId: string; start: number; end: number; headingPath: string[] }>(HEADINGS, [versionIds]),
  );
  const byVersion = Map.groupBy(rows, ({ versionId }) => versionId);
  return (versionId, place) =>
    byVersion.get(versionId)?.find(({ start, end }) => start <= place && place < end)?.headingPath ?? [];
}

function valueOf(moment: Moment): Date | number {
  return 'version' in moment ? moment.version : new Date(moment.at);
}

function pairsOf(before: readonly ComparedVersion[], after: readonly ComparedVersion[]): VersionPair[] {
  const partners = new Map<ComparedVersion, ComparedVersion>();
  const taken = new Set<ComparedVersion>();
  const candidates = before.flatMap((former) =>
    after.map((latter) => ({ former, latter, likeness: likeness(former, latter) })),
  );
  for (const { former, latter, likeness: alike } of candidates.toSorted((a, b) => b.likeness - a.likeness)) {
    if (alike === 0 || partners.has(former) || taken.has(latter)) continue;
    partners.set(former, latter);
    taken.add(latter);
  }
  const pairs = before.map((each): VersionPair => ({ before: each, after: partners.get(each) ?? null }));
  return [
    ...pairs,
    ...after.filter((each) => !taken.has(each)).map((each): VersionPair => ({ before: null, after: each })),
  ];
}

/** Share of the words of both titles that they have in common, from which on a document takes another's place. */
const SAME_TITLE_FROM = 0.6;

/** How much the latter is what became of the former: 2 for one document, else what their titles have in common; 0: nothing. */
function likeness(former: ComparedVersion, latter: ComparedVersion): number {
  if (former.documentId === latter.documentId) return 2;
  if (former.effectiveTo === null || latter.effectiveFrom < former.effectiveFrom) return 0;
  const [a, b] = [titleTerms(former), titleTerms(latter)];
  const common = [...a].filter((term) => b.has(term)).length;
  const share = (2 * common) / Math.max(1, a.size + b.size);
  return share >= SAME_TITLE_FROM ? share : 0;
}

/** Without numbers: `2023` in a title is when, not what. */
function titleTerms({ title }: ComparedVersion): Set<string> {
  return new Set(analyse(title).filter((term) => !/^\d+$/.test(term)));
}
