import { inTurns, type TenantContext } from '../../base/index.ts';
import { type ArrayElement, binaryArray, type ElementType, type Transaction } from '../../store/index.ts';
import type { Chunk } from '../parse/index.ts';
import { NEXT_ROUND, QUEUE_AGAIN, QUEUED_FOR } from '../projection/chunk-state.ts';

/** What a chunk's row has beside the chunk. */
interface ChunkIds {
  readonly id: string;
  readonly versionId: string;
  readonly documentId: string;
  /** SHA-256 in hex. */
  readonly embeddingKey: string;
}

/** A document's row. */
interface DocumentRow {
  readonly id: string;
  readonly sourceId: string | null;
  readonly externalId: string;
  readonly title: string;
  readonly mediaType: string;
  readonly acl: readonly string[];
  readonly tags: readonly string[];
  readonly metadata: object;
  readonly versionId: string;
  readonly sourceState: string | null;
}

/** A version's row; instants are milliseconds since 1970 UTC, hashes hex. */
interface VersionRow {
  readonly id: string;
  readonly documentId: string;
  readonly ordinal: number;
  readonly title: string;
  readonly mediaType: string;
  readonly originalSha256: string;
  readonly originalBytes: number;
  readonly textSha256: string;
  readonly textLength: number;
  readonly language: string;
  readonly parser: string;
  readonly chunker: string;
  readonly pageCount: number | null;
  readonly pageStarts: readonly number[];
  readonly warnings: readonly string[];
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
}

/** Rows of one batch, all of one collection; instants are milliseconds since 1970 UTC. */
export interface DocumentRows {
  readonly collectionId: string;
  /** When they are written. */
  readonly now: number;
  /** Inserted, or replaced when the id exists. */
  readonly documents: DocumentRow[];
  readonly versions: VersionRow[];
  /** Versions whose validity ends. */
  readonly closed: { readonly id: string; readonly effectiveTo: number }[];
  readonly chunks: (Chunk & ChunkIds)[];
  /** New versions that have chunks. */
  readonly queued: string[];
  /** Documents whose chunks must enter the index again. */
  readonly reset: string[];
}

/** Columns by name: type of element, and the value of a row where it is not the property of that name. */
type Columns<Row> = Readonly<Record<string, ElementType | readonly [ElementType, (row: Row) => ArrayElement]>>;

const DOCUMENT_COLUMNS: Columns<DocumentRow> = {
  id: 'uuid',
  sourceId: 'uuid',
  externalId: 'text',
  title: 'text',
  mediaType: 'text',
  acl: 'arrays',
  tags: 'arrays',
  metadata: ['text', (row) => JSON.stringify(row.metadata)],
  versionId: 'uuid',
  sourceState: 'text',
};

const VERSION_COLUMNS: Columns<VersionRow> = {
  id: 'uuid',
  documentId: 'uuid',
  ordinal: 'int4',
  title: 'text',
  mediaType: 'text',
  originalSha256: 'text',
  originalBytes: 'int8',
  textSha256: 'text',
  textLength: 'int4',
  language: 'text',
  parser: 'text',
  chunker: 'text',
  pageCount: 'int4',
  pageStarts: 'arrays',
  warnings: 'arrays',
  effectiveFrom: 'timestamptz',
  effectiveTo: 'timestamptz',
};

const CLOSED_COLUMNS: Columns<DocumentRows['closed'][number]> = { id: 'uuid', effectiveTo: 'timestamptz' };

const CHUNK_COLUMNS: Columns<Chunk & ChunkIds> = {
  id: 'uuid',
  versionId: 'uuid',
  documentId: 'uuid',
  ordinal: 'int4',
  start: 'int4',
  end: 'int4',
  parentStart: 'int4',
  parentEnd: 'int4',
  page: 'int4',
  headingPath: 'arrays',
  header: 'text',
  tokenCount: 'int4',
  embeddingKey: 'bytea',
};

/** The parameters: tenant, collection, moment, queued and reset, then the columns of each table. */
const AT = { queued: 4, reset: 5, documents: 6 } as const;
const AT_VERSIONS = AT.documents + countOf(DOCUMENT_COLUMNS);
const AT_CLOSED = AT_VERSIONS + countOf(VERSION_COLUMNS);
const AT_CHUNKS = AT_CLOSED + countOf(CLOSED_COLUMNS);
const AT_EXTERNAL_IDS = AT.documents + Object.keys(DOCUMENT_COLUMNS).indexOf('externalId');

function countOf<Row>(columns: Columns<Row>): number {
  return Object.keys(columns).length;
}

/** SQL: the rows whose columns are the parameters from `first` on, as `r`. */
function rowsOf<Row>(columns: Columns<Row>, first: number): string {
  const arrays = Object.values(columns).map((column, i) => {
    const type = typeof column === 'string' ? column : column[0];
    return `$${first + i}::${type === 'arrays' ? 'text' : type}[]`;
  });
  const names = Object.keys(columns).map((name) => `"${name}"`);
  return `unnest(${arrays.join(', ')}) as r(${names.join(', ')})`;
}

async function parametersOf<Row extends object>(columns: Columns<Row>, rows: readonly Row[]): Promise<Uint8Array[]> {
  const parameters: Uint8Array[] = [];
  await inTurns(Object.entries(columns), ([name, column]) => {
    const [type, valueOf] =
      typeof column === 'string' ? [column, (row: Row) => row[name as keyof Row] as ArrayElement] : column;
    parameters.push(binaryArray(type, rows.map(valueOf)));
  });
  return parameters;
}

/** Everything in one statement: one round trip, whatever the size of the batch. */
const WRITE = `
with d as (
  insert into documents (tenant_id, id, collection_id, source_id, external_id, title, media_type, acl, tags, metadata,
                         version_id, source_state, created_at, updated_at)
  select $1::uuid, r.id, $2::uuid, r."sourceId", r."externalId", r.title, r."mediaType", r.acl::text[], r.tags::text[],
         r.metadata::jsonb, r."versionId", r."sourceState", $3::timestamptz, $3::timestamptz
    from ${rowsOf(DOCUMENT_COLUMNS, AT.documents)}
  on conflict (id) do update set source_id = excluded.source_id, title = excluded.title, acl = excluded.acl,
     media_type = excluded.media_type, tags = excluded.tags, metadata = excluded.metadata,
     version_id = excluded.version_id, source_state = excluded.source_state, updated_at = excluded.updated_at),
closed as (
  update versions v set effective_to = r."effectiveTo" from ${rowsOf(CLOSED_COLUMNS, AT_CLOSED)} where v.id = r.id),
v as (
  insert into versions (tenant_id, id, document_id, collection_id, ordinal, title, media_type, original_sha256,
                        original_bytes, text_sha256, text_length, language, parser, chunker, page_count, page_starts, warnings,
                        effective_from, effective_to, recorded_at)
  select $1::uuid, r.id, r."documentId", $2::uuid, r.ordinal, r.title, r."mediaType", r."originalSha256",
         r."originalBytes", r."textSha256", r."textLength", r.language, r.parser, r.chunker, r."pageCount",
         r."pageStarts"::int[], r.warnings::text[], r."effectiveFrom", r."effectiveTo", $3::timestamptz
    from ${rowsOf(VERSION_COLUMNS, AT_VERSIONS)}),
c as (
  insert into chunks (tenant_id, id, version_id, document_id, collection_id, ordinal, start, "end", parent_start,
                      parent_end, page, heading_path, header, token_count, embedding_key)
  select $1::uuid, r.id, r."versionId", r."documentId", $2::uuid, r.ordinal, r.start, r."end", r."parentStart",
         r."parentEnd", r.page, r."headingPath"::text[], r.header, r."tokenCount", r."embeddingKey"
    from ${rowsOf(CHUNK_COLUMNS, AT_CHUNKS)}),
q as (
  delete from quarantine x
   where x.tenant_id = $1::uuid and x.collection_id = $2::uuid and x.external_id = any($${AT_EXTERNAL_IDS}::text[])
  returning x.original_sha256),
reset as (
  update chunks k set index_state = ${NEXT_ROUND} from unnest($${AT.reset}::uuid[]) as r(id)
    join versions v on v.document_id = r.id
   where k.version_id = v.id
  returning k.collection_id, k.version_id),
queued as (
  insert into index_queue (tenant_id, collection_id, waiting, version_id)
  select $1::uuid, $2::uuid, ${QUEUED_FOR.text}, r.id from unnest($${AT.queued}::uuid[]) as r(id)
   union select $1::uuid, collection_id, ${QUEUED_FOR.text}, version_id from reset
  ${QUEUE_AGAIN})
select original_sha256 as sha256 from q where original_sha256 is not null`;

/** Writes a batch. A document that is stored leaves quarantine. @returns the blobs that were kept there */
export async function writeDocuments(tx: Transaction, context: TenantContext, rows: DocumentRows): Promise<string[]> {
  const parameters = [
    context.tenantId,
    rows.collectionId,
    new Date(rows.now),
    binaryArray('uuid', rows.queued),
    binaryArray('uuid', rows.reset),
    ...(await parametersOf(DOCUMENT_COLUMNS, rows.documents)),
    ...(await parametersOf(VERSION_COLUMNS, rows.versions)),
    ...(await parametersOf(CLOSED_COLUMNS, rows.closed)),
    ...(await parametersOf(CHUNK_COLUMNS, rows.chunks)),
  ];
  const released = await tx.query<{ sha256: string }>(WRITE, parameters, { keepPlan: true });
  return released.map(({ sha256 }) => sha256);
}
