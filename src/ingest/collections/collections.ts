import { and, eq } from 'drizzle-orm';
import { isId, PlumblineError, type TenantContext } from '../../base/index.ts';
import type { DataClass } from '../../guard/index.ts';
import type { Embedder } from '../../models/index.ts';
import {
  checkFields,
  checkSettings,
  type FieldSchema,
  type IndexScope,
  type RetrievalSettings,
} from '../../retrieval/index.ts';
import { collections, type Database, type Transaction } from '../../store/index.ts';
import { checkChunking, DEFAULT_CHUNKING } from '../chunk/index.ts';
import type { ChunkOptions } from '../parse/index.ts';
import type { IngestServices } from '../services.ts';
import { forgetCollections, rememberedCollection } from './known-collections.ts';

/** What is done with sentences of an answer that no source carries, unless a question says otherwise; what is left out is the default. */
export interface AnswerPolicy {
  /** Whether the model is asked once more, with what failed. */
  readonly repair?: boolean;
  /** Then: leave them out, show them with their verdict, or give no generated answer at all. */
  readonly unsupported?: 'drop' | 'mark' | 'withhold';
}

/** How a collection treats its documents. */
export interface CollectionSettings {
  readonly chunking: ChunkOptions;
  /** Whose vectors are in its index; null: nobody's yet. */
  readonly embedder: { readonly id: string; readonly dimensions: number } | null;
  /** How it is searched unless a request says otherwise. */
  readonly retrieval: RetrievalSettings;
  /** What documents' metadata holds; empty: whatever they say. */
  readonly fields: FieldSchema;
  readonly policy: AnswerPolicy;
  /** What its documents, and questions about them, are declared to be; null: nothing. `private` goes to private models only. */
  readonly dataClass: DataClass | null;
  /** Good first questions, shown by the page. */
  readonly exampleQuestions: readonly string[];
}

/** A body of documents that is searched as one. */
export interface Collection {
  readonly id: string;
  /** What people type; unique within the tenant. */
  readonly name: string;
  readonly settings: CollectionSettings;
}

/** A collection with its size. */
export interface CollectionSummary extends Collection {
  readonly documents: number;
  readonly chunks: number;
}

/** No collection has the name or id. */
class CollectionNotFound extends PlumblineError {
  constructor(given: string, known: readonly string[]) {
    super({
      code: 'collection.not-found',
      kind: 'caller',
      message:
        `There is no collection ${JSON.stringify(given)}. ` +
        (known.length === 0 ? 'None exists yet: ingest a document first.' : `There is: ${known.join(', ')}.`),
      details: { given, known },
    });
  }
}

/** A name that cannot be a collection's. */
class CollectionNameInvalid extends PlumblineError {
  constructor(given: string) {
    super({
      code: 'collection.name-invalid',
      kind: 'caller',
      message:
        `${JSON.stringify(given)} cannot name a collection. ` +
        'Allowed: 1 to 64 lower-case letters, digits and dashes, beginning with a letter or digit.',
      details: { given },
    });
  }
}

/** The collection used when none is named. */
export const DEFAULT_COLLECTION = 'documents';

/** Asked at every search. */
const ONE = 'select id, name, settings from collections where name = $1 or id = $2::uuid limit 1';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

type Row = typeof collections.$inferSelect;

function fromRow(row: Pick<Row, 'id' | 'name' | 'settings'>): Collection {
  const stored = row.settings as Partial<CollectionSettings>;
  return {
    id: row.id,
    name: row.name,
    settings: {
      chunking: { ...DEFAULT_CHUNKING, ...stored.chunking },
      embedder: stored.embedder ?? null,
      retrieval: stored.retrieval ?? {},
      fields: stored.fields ?? {},
      policy: stored.policy ?? {},
      dataClass: stored.dataClass ?? null,
      exampleQuestions: stored.exampleQuestions ?? [],
    },
  };
}

/** Which index holds the collection's chunks for this embedder. */
export function scopeOf(context: TenantContext, collectionId: string, embedder: Embedder): IndexScope {
  return { tenantId: context.tenantId, collectionId, embedderId: embedder.id, dimensions: embedder.dimensions };
}

/**
 * The collection with this name or id.
 * @throws PlumblineError `collection.not-found` listing what there is
 */
export async function findCollection(
  database: Database,
  context: TenantContext,
  nameOrId: string,
): Promise<Collection> {
  const read = async () => {
    const parameters = [nameOrId, isId(nameOrId) ? nameOrId : null];
    const [row] = await database.readTenant<Pick<Row, 'id' | 'name' | 'settings'>>(context, ONE, parameters);
    return row === undefined ? undefined : fromRow(row);
  };
  const found = await rememberedCollection(database, context, { key: nameOrId, read });
  if (found !== undefined) return found;
  const known = await database.readTenant<{ name: string }>(context, 'select name from collections order by name');
  throw new CollectionNotFound(
    nameOrId,
    known.map((each) => each.name),
  );
}

/**
 * The collection with this name, made when it does not exist.
 * @param settings used only when it is made
 * @throws PlumblineError `collection.name-invalid`, `chunking.too-large`, `chunking.invalid`, `retrieval-settings.invalid`
 */
export async function ensureCollection(
  services: Pick<IngestServices, 'database' | 'embedder' | 'clock' | 'newId'>,
  context: TenantContext,
  wanted: { readonly name: string; readonly settings?: Partial<CollectionSettings> },
): Promise<Collection> {
  const { name } = wanted;
  if (!NAME.test(name)) throw new CollectionNameInvalid(name);
  const { id, dimensions, maxTokens } = services.embedder;
  checkChunking({ ...DEFAULT_CHUNKING, ...wanted.settings?.chunking }, maxTokens);
  checkSettings(wanted.settings?.retrieval ?? {});
  checkFields(wanted.settings?.fields ?? {});
  return await services.database.withTenant(context, async (tx) => {
    await tx.orm
      .insert(collections)
      .values({
        tenantId: context.tenantId,
        id: services.newId(),
        name,
        settings: { ...wanted.settings, embedder: { id, dimensions } },
        createdAt: new Date(services.clock()),
      })
      .onConflictDoNothing();
    const [row] = await tx.orm
      .select()
      .from(collections)
      .where(and(eq(collections.name, name)));
    if (row === undefined) throw new CollectionNotFound(name, []);
    return fromRow(row);
  });
}

/**
 * Sets how the collection is searched from now on, in place of what was set before; `{}`: the defaults.
 * @throws PlumblineError `collection.not-found`, `retrieval-settings.invalid`
 */
export async function setRetrieval(
  database: Database,
  context: TenantContext,
  { collection, retrieval }: { readonly collection: string; readonly retrieval: object },
): Promise<Collection> {
  return await setSettings(database, context, { collection, settings: { retrieval: checkSettings(retrieval) } });
}

/**
 * Declares what documents' metadata holds, in place of what was declared before; `{}`: whatever they say. Documents that
 * are there stay as they are.
 * @throws PlumblineError `collection.not-found`, `fields.invalid`
 */
export async function setFields(
  database: Database,
  context: TenantContext,
  { collection, fields }: { readonly collection: string; readonly fields: object },
): Promise<Collection> {
  return await setSettings(database, context, { collection, settings: { fields: checkFields(fields) } });
}

/**
 * Sets what is done with sentences that no source carries, in place of what was set before; `{}`: the defaults.
 * @throws PlumblineError `collection.not-found`
 */
export async function setPolicy(
  database: Database,
  context: TenantContext,
  { collection, policy }: { readonly collection: string; readonly policy: AnswerPolicy },
): Promise<Collection> {
  return await setSettings(database, context, { collection, settings: { policy } });
}

/** A declaration, and what is to be committed with it. */
export interface Declaring {
  /** Null: nothing is declared. */
  readonly dataClass: DataClass | null;
  readonly beside: (tx: Transaction, collectionId: string) => Promise<void>;
}

/**
 * Declares what the collection's documents, and questions about them, are; null: nothing. Every answer that begins from then on keeps to it.
 * @throws PlumblineError `collection.not-found`
 */
export async function setDataClass(
  database: Database,
  context: TenantContext,
  { collection, dataClass, beside }: Declaring & { readonly collection: string },
): Promise<Collection> {
  return await setSettings(database, context, { collection, settings: { dataClass }, beside });
}

async function setSettings(
  database: Database,
  context: TenantContext,
  wanted: Partial<Pick<Declaring, 'beside'>> & {
    readonly collection: string;
    readonly settings: Partial<CollectionSettings>;
  },
): Promise<Collection> {
  const { id } = await findCollection(database, context, wanted.collection);
  const settings = JSON.stringify(wanted.settings);
  await database.withTenant(context, async (tx) => {
    await tx.query('update collections set settings = settings || $2::jsonb where id = $1', [id, settings]);
    await wanted.beside?.(tx, id);
  });
  forgetCollections(database);
  return await findCollection(database, context, id);
}

/** All collections of the tenant by name, with their sizes. */
export async function listCollections(database: Database, context: TenantContext): Promise<CollectionSummary[]> {
  return await database.withTenant(context, async (tx) => {
    const rows = await tx.query<{ id: string; name: string; settings: unknown; documents: number; chunks: number }>(
      `select c.id, c.name, c.settings,
              (select count(*)::int from documents d where d.tenant_id = c.tenant_id and d.collection_id = c.id) as documents,
              (select count(*)::int from chunks k where k.tenant_id = c.tenant_id and k.collection_id = c.id) as chunks
         from collections c order by c.name`,
    );
    return rows.map((row) => ({ ...fromRow(row), documents: row.documents, chunks: row.chunks }));
  });
}

const TO_READ = `
select c.id, c.name, c.settings from collections c
 order by exists (select 1 from documents d where d.tenant_id = c.tenant_id and d.collection_id = c.id) desc,
          c.name = $1 desc, c.name limit 1`;

/**
 * The collection a question means that names none: {@link DEFAULT_COLLECTION} when it holds anything, else the first
 * that does. Counts nothing, unlike {@link listCollections}.
 * @throws PlumblineError `collection.not-found` when there is none at all
 */
export async function collectionToRead(database: Database, context: TenantContext): Promise<Collection> {
  const [row] = await database.readTenant<{ id: string; name: string; settings: unknown }>(context, TO_READ, [
    DEFAULT_COLLECTION,
  ]);
  if (row === undefined) throw new CollectionNotFound(DEFAULT_COLLECTION, []);
  return fromRow(row);
}
