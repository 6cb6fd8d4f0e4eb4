import { createHash } from 'node:crypto';
import { checkIds } from '../check-entry.ts';
import type { IndexScope } from '../chunk-index.ts';

/** The role tenants' transactions run as; it is given the rows and nothing else. */
const APP_ROLE = 'plumb_app';

/**
 * Names of the relations that hold one scope, quoted where they need it. A schema per tenant, tables per collection, one of
 * vectors per embedder: what belongs to another is another table, not another row. All parts come from UUIDs and hashes.
 */
export interface Relations {
  readonly schema: string;
  /** Chunks with a text: attributes and length. */
  readonly text: string;
  /** term × segment → postings. */
  readonly postings: string;
  readonly segments: string;
  /** Rows taken out whose postings are still in a segment. */
  readonly removed: string;
  /** Counters of the collection, one row. */
  readonly state: string;
  /** Ids of segments; never given twice, so that what is remembered of a segment stays true. */
  readonly segmentIds: string;
  readonly vectors: string;
  /** Beginning of the names of all of the collection's vector tables, without the schema. */
  readonly vectorsPrefix: string;
}

/** @throws IndexEntryInvalid when the tenant's or the collection's id is not a UUID */
export function relationsOf(scope: IndexScope): Relations {
  checkIds([scope.tenantId], 'tenant id');
  checkIds([scope.collectionId], 'collection id');
  const schema = `plumb_index_${hexOf(scope.tenantId)}`;
  const collection = hexOf(scope.collectionId);
  const embedder = createHash('sha256').update(scope.embedderId).digest('hex').slice(0, 16);
  const vectorsPrefix = `vectors_${collection}_`;
  return {
    schema,
    text: `${schema}.text_${collection}`,
    postings: `${schema}.postings_${collection}`,
    segments: `${schema}.segments_${collection}`,
    removed: `${schema}.removed_${collection}`,
    state: `${schema}.state_${collection}`,
    segmentIds: `${schema}.segment_ids`,
    vectors: `${schema}.${vectorsPrefix}${embedder}`,
    vectorsPrefix,
  };
}

/** SQL that makes the tables of words of a collection; repeatable. */
export function createText(scope: IndexScope): string[] {
  const { schema, text, postings, segments, removed, state, segmentIds } = relationsOf(scope);
  return [
    ...createSchema(scope),
    `create sequence if not exists ${segmentIds}`,
    `grant usage on sequence ${segmentIds} to ${APP_ROLE}`,
    `create table if not exists ${text} (${ATTRIBUTES}, row_number bigint not null unique, length int not null)`,
    `create index if not exists ${indexName(text, 'document')} on ${text} (document_id)`,
    `create index if not exists ${indexName(text, 'version')} on ${text} (version_id)`,
    `create table if not exists ${segments} (
       segment bigint primary key, first_row bigint not null, chunks int not null)`,
    `create table if not exists ${postings} (
       segment bigint not null, term text collate "C" not null, df int not null, block bytea not null,
       primary key (segment, term))`,
    // Numbers in this form hardly compress, and a head word's block is read at once.
    `alter table ${postings} alter column block set storage external`,
    `create table if not exists ${removed} (row_number bigint primary key)`,
    `create table if not exists ${state} (
       only_row boolean primary key default true check (only_row),
       next_row bigint not null default 0, chunks bigint not null default 0, length bigint not null default 0)`,
    ...[text, segments, postings, removed, state].flatMap((table) => secure(table, scope)),
    `insert into ${state} default values on conflict do nothing`,
    `comment on schema ${schema} is 'Chunk indexes of one tenant: a projection that can be dropped and rebuilt.'`,
  ];
}

/** SQL that makes the table of vectors of a collection and embedder; repeatable. */
export function createVectors(scope: IndexScope): string[] {
  const { vectors } = relationsOf(scope);
  return [
    ...createSchema(scope),
    `create table if not exists ${vectors} (${ATTRIBUTES}, vector halfvec(${scope.dimensions}) not null)`,
    `create index if not exists ${indexName(vectors, 'document')} on ${vectors} (document_id)`,
    `create index if not exists ${indexName(vectors, 'version')} on ${vectors} (version_id)`,
    ...secure(vectors, scope),
  ];
}

/** The name of an index of a table, without the schema. */
export function indexName(table: string, of: 'document' | 'version' | 'hnsw'): string {
  return `${table.slice(table.indexOf('.') + 1)}_${of}`;
}

const ATTRIBUTES = `
  id uuid primary key, document_id uuid not null, version_id uuid not null,
  external_id text collate "C" not null, media_type text collate "C" not null,
  acl text[] collate "C" not null, tags text[] collate "C" not null, metadata text[] collate "C" not null,
  effective_from bigint not null, effective_to bigint not null`;

function createSchema(scope: IndexScope): string[] {
  const { schema } = relationsOf(scope);
  return [`create schema if not exists ${schema}`, `grant usage on schema ${schema} to ${APP_ROLE}`];
}

/**
 * Row-level security as everywhere, forced on the owner too. The whole table is one tenant's, so that the condition is
 * about the transaction, not the row, and costs nothing per row.
 */
function secure(table: string, scope: IndexScope): string[] {
  const ours = `'${scope.tenantId}'::uuid = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `drop policy if exists own_rows on ${table}`,
    `create policy own_rows on ${table} for all to ${APP_ROLE} using (${ours}) with check (${ours})`,
    `drop policy if exists system_rows on ${table}`,
    `create policy system_rows on ${table} for all to current_user
       using ((select current_setting('app.system', true)) = 'on')`,
    `grant select, insert, update, delete on ${table} to ${APP_ROLE}`,
  ];
}

function hexOf(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase();
}
