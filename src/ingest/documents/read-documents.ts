import { isId, PlumblineError, type TenantContext } from '../../base/index.ts';
import type { Blobs, Database } from '../../store/index.ts';

/** How far a document has come: its words can be found at `text`, its meaning too at `vector`. */
export type IndexedState = 'stored' | 'text' | 'vector';

/** A document as lists show it. */
export interface DocumentSummary {
  readonly id: string;
  readonly collectionId: string;
  readonly collection: string;
  readonly externalId: string;
  readonly title: string;
  readonly mediaType: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Of the latest version. */
  readonly versionId: string;
  /** 1-based. */
  readonly version: number;
  readonly pages: number | null;
  /** UTF-16 code units of the canonical text. */
  readonly characters: number;
  readonly chunks: number;
  readonly indexed: IndexedState;
  /** Milliseconds since 1970 UTC; `effectiveTo` null: still valid. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  readonly updatedAt: number;
}

/** A version's canonical text. */
export interface CanonicalText {
  readonly documentId: string;
  readonly versionId: string;
  readonly version: number;
  readonly title: string;
  readonly externalId: string;
  readonly mediaType: string;
  readonly pageCount: number | null;
  readonly warnings: readonly string[];
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  /** All offsets of chunks and citations point into it. */
  readonly text: string;
}

/** No readable document has this id. */
export class DocumentNotFound extends PlumblineError {
  constructor(id: string) {
    super({
      code: 'document.not-found',
      kind: 'caller',
      message: `No document has the id ${JSON.stringify(id)}, or you may not read it. \`plumb documents list\` shows those you may.`,
      details: { id },
    });
  }
}

const SUMMARY = `
select d.id, d.collection_id as "collectionId", c.name as collection, d.external_id as "externalId", d.title,
       d.media_type as "mediaType", d.tags, d.metadata, v.id as "versionId", v.ordinal as version,
       v.page_count as pages, v.text_length as characters, k.chunks, k.state,
       v.effective_from as "effectiveFrom", v.effective_to as "effectiveTo", d.updated_at as "updatedAt"
  from documents d
  join collections c on c.id = d.collection_id
  join versions v on v.id = d.version_id
  cross join lateral (
    select count(*)::int as chunks, coalesce(min(index_state), 2)::int as state
      from chunks k where k.tenant_id = d.tenant_id and k.version_id = d.version_id) k`;

type Row = Omit<DocumentSummary, 'indexed' | 'effectiveFrom' | 'effectiveTo' | 'updatedAt'> & {
  state: number;
  effectiveFrom: Date;
  effectiveTo: Date | null;
  updatedAt: Date;
};

const STATES: readonly IndexedState[] = ['stored', 'text', 'vector'];

function fromRow({ state, ...row }: Row): DocumentSummary {
  return {
    ...row,
    indexed: STATES[state] ?? 'stored',
    effectiveFrom: row.effectiveFrom.getTime(),
    effectiveTo: row.effectiveTo?.getTime() ?? null,
    updatedAt: row.updatedAt.getTime(),
  };
}

/** Documents the reader may see, newest first, page by page. `before` is exclusive. */
export async function listDocuments(
  database: Database,
  context: TenantContext,
  page: { readonly collectionId: string | null; readonly before: string | null; readonly limit: number },
): Promise<DocumentSummary[]> {
  const rows = await database.withTenant(context, (tx) =>
    tx.query<Row>(
      `${SUMMARY}
       where d.acl && $1::text[] and ($2::uuid is null or d.collection_id = $2::uuid)
         and ($3::uuid is null or d.id < $3::uuid)
       order by d.id desc limit $4`,
      [context.groups, page.collectionId, page.before, page.limit],
    ),
  );
  return rows.map(fromRow);
}

/** @throws PlumblineError `document.not-found` */
export async function findDocument(database: Database, context: TenantContext, id: string): Promise<DocumentSummary> {
  if (!isId(id)) throw new DocumentNotFound(id);
  const [row] = await database.withTenant(context, (tx) =>
    tx.query<Row>(`${SUMMARY} where d.acl && $1::text[] and d.id = $2::uuid`, [context.groups, id]),
  );
  if (row === undefined) throw new DocumentNotFound(id);
  return fromRow(row);
}

type TextRow = Omit<CanonicalText, 'text' | 'effectiveFrom' | 'effectiveTo'> & {
  textSha256: string;
  effectiveFrom: Date;
  effectiveTo: Date | null;
};

/**
 * The canonical text of a version the reader may see.
 * @param version 1-based; null: the latest
 * @throws PlumblineError `document.not-found`
 */
export async function readCanonicalText(
  stores: { readonly database: Database; readonly blobs: Blobs },
  context: TenantContext,
  wanted: { readonly documentId: string; readonly version: number | null },
): Promise<CanonicalText> {
  if (!isId(wanted.documentId)) throw new DocumentNotFound(wanted.documentId);
  const [row] = await stores.database.withTenant(context, (tx) =>
    tx.query<TextRow>(
      `select d.id as "documentId", v.id as "versionId", v.ordinal as version, v.title, d.external_id as "externalId",
              v.media_type as "mediaType", v.page_count as "pageCount", v.warnings, v.text_sha256 as "textSha256",
              v.effective_from as "effectiveFrom", v.effective_to as "effectiveTo"
         from documents d join versions v on v.document_id = d.id
        where d.acl && $1::text[] and d.id = $2::uuid
          and case when $3::int is null then v.id = d.version_id else v.ordinal = $3::int end`,
      [context.groups, wanted.documentId, wanted.version],
    ),
  );
  if (row === undefined) throw new DocumentNotFound(wanted.documentId);
  const { textSha256, ...facts } = row;
  const bytes = await stores.blobs.get(context.tenantId, textSha256);
  return {
    ...facts,
    effectiveFrom: row.effectiveFrom.getTime(),
    effectiveTo: row.effectiveTo?.getTime() ?? null,
    text: new TextDecoder().decode(bytes),
  };
}

/**
 * The bytes of the latest version as they came.
 * @throws PlumblineError `document.not-found`
 */
export async function readOriginal(
  stores: { readonly database: Database; readonly blobs: Blobs },
  context: TenantContext,
  id: string,
): Promise<{ readonly bytes: Uint8Array; readonly fileName: string }> {
  if (!isId(id)) throw new DocumentNotFound(id);
  const [row] = await stores.database.withTenant(context, (tx) =>
    tx.query<{ sha256: string; externalId: string }>(
      `select v.original_sha256 as sha256, d.external_id as "externalId"
         from documents d join versions v on v.id = d.version_id where d.acl && $1::text[] and d.id = $2::uuid`,
      [context.groups, id],
    ),
  );
  if (row === undefined) throw new DocumentNotFound(id);
  const fileName = row.externalId.split('/').at(-1) ?? row.externalId;
  return { bytes: await stores.blobs.get(context.tenantId, row.sha256), fileName };
}
