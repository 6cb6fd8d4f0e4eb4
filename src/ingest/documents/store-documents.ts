import { EVERYONE, chunkIdOf, inTurns, type TenantContext } from '../../base/index.ts';
import { INDEX_STATE, type NewEvent, type Transaction } from '../../store/index.ts';
import type { Collection } from '../collections/collections.ts';
import type { IngestServices } from '../services.ts';
import { deletedAmong, type Place } from './deletions.ts';
import { decideVersion, type KnownDocument, type VersionDecision } from './decide-version.ts';
import { type DocumentRows, writeDocuments } from './document-rows.ts';
import { embeddedText, embeddingKeyOf } from './embedded-text.ts';
import type { Block } from '../parse/index.ts';
import type { PreparedDocument, StoredDocument } from './prepared-document.ts';
import type { PendingChunk } from '../projection/pending-chunks.ts';
import { type ChunkAttributes, metadataEntries } from '../../retrieval/index.ts';

/** Queue of the projector; see `projection/projector.ts`. */
export const PROJECT_QUEUE = 'index-project';

/** Queue that ends the validity of superseded versions in the index. */
export const CLOSE_QUEUE = 'index-close';

/** A version whose validity ends. */
export interface ClosedVersion {
  readonly versionId: string;
  /** Milliseconds since 1970 UTC. */
  readonly effectiveTo: number;
}

/** Job of the projector. */
export interface ProjectJob {
  readonly tenantId: string;
  readonly collectionId: string;
}

/** Job that brings ends of validity into the index. */
export interface CloseJob extends ProjectJob {
  readonly closeId: string;
  readonly closed: readonly ClosedVersion[];
}

/** What storing a batch did. */
export interface StoredBatch {
  readonly documents: readonly StoredDocument[];
  /** Versions that were superseded: their end must reach the index by this job. */
  readonly closing: CloseJob | null;
  /** Blobs that quarantined files, now documents, no longer need. */
  readonly released: readonly string[];
  /** The new versions' chunks, on their way into the index. */
  readonly fresh: readonly PendingChunk[];
  /** Whether chunks stored before must enter the index again. */
  readonly reset: boolean;
}

/**
 * Stores prepared documents in one transaction together with the job that brings them into the index. When it
 * returns they are acknowledged. Keep batches near 200 chunks: others wait for the transaction.
 */
export async function storeDocuments(
  services: IngestServices,
  place: { readonly context: TenantContext; readonly collection: Collection },
  prepared: readonly PreparedDocument[],
): Promise<StoredBatch> {
  const { context, collection } = place;
  const stored = await services.database.withTenant(context, async (tx) => {
    const known = await knownDocuments(
      tx,
      collection.id,
      prepared.map((each) => each.externalId),
    );
    const build = new BatchBuilder(services, place);
    const wanted = await withoutDeleted(tx, place, prepared);
    await inTurns(wanted, (each) => build.add(each, known.get(each.externalId)));
    const batch = build.finish();
    if (wanted.length === 0) return { documents: [], closing: null, released: [], fresh: [], reset: false };
    if (batch.rows.closed.length + batch.rows.reset.length > 0) services.changes.raise(collection.id);
    const released = await writeDocuments(tx, context, batch.rows);
    await services.events.append(tx, context, batch.events);
    if (batch.needsProjection) {
      await services.jobs.send(tx, {
        queue: PROJECT_QUEUE,
        data: projectJob(context, collection),
        singletonKey: collection.id,
      });
    }
    const closing = await sendClosing(tx, { services, ...place }, batch.closed);
    return { documents: batch.documents, closing, released, fresh: batch.fresh, reset: batch.rows.reset.length > 0 };
  });
  services.events.announce(context.tenantId);
  return stored;
}

/** The projector's job for a collection. */
function projectJob(context: TenantContext, collection: Pick<Collection, 'id'>): ProjectJob {
  return { tenantId: context.tenantId, collectionId: collection.id };
}

/** Sends the job that brings ends of validity into the index. @returns the job; null when nothing ends */
export async function sendClosing(
  tx: Transaction,
  place: Place & { readonly services: Pick<IngestServices, 'jobs' | 'newId'> },
  closed: readonly ClosedVersion[],
): Promise<CloseJob | null> {
  if (closed.length === 0) return null;
  const job = { ...projectJob(place.context, place.collection), closeId: place.services.newId(), closed };
  await place.services.jobs.send(tx, { queue: CLOSE_QUEUE, data: job });
  return job;
}

/** What a person deleted while a pass was reading it stays deleted; an upload brings it back. */
async function withoutDeleted(
  tx: Transaction,
  place: Place,
  prepared: readonly PreparedDocument[],
): Promise<readonly PreparedDocument[]> {
  const fromSources = prepared.filter((each) => each.sourceId !== null).map((each) => each.externalId);
  if (fromSources.length === 0) return prepared;
  const deleted = await deletedAmong(tx, place, fromSources);
  return deleted.size === 0
    ? prepared
    : prepared.filter((each) => each.sourceId === null || !deleted.has(each.externalId));
}

/** The latest version of each document that exists, by external id. Holds the collection's write lock. */
async function knownDocuments(
  tx: Transaction,
  collectionId: string,
  externalIds: readonly string[],
): Promise<Map<string, KnownDocument>> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [collectionId], { keepPlan: true });
  const rows = await tx.query<
    Omit<KnownDocument, 'effectiveFrom' | 'effectiveTo'> & { effectiveFrom: Date; effectiveTo: Date | null }
  >(
    `select d.id as "documentId", d.external_id as "externalId", v.id as "versionId", v.ordinal, v.title,
            v.original_sha256 as "originalSha256", v.text_sha256 as "textSha256", v.parser, v.chunker,
            v.effective_from as "effectiveFrom", v.effective_to as "effectiveTo", d.acl, d.tags, d.metadata
       from documents d join versions v on v.id = d.version_id
      where d.collection_id = $1 and d.external_id = any($2::text[])`,
    [collectionId, externalIds],
    { keepPlan: true },
  );
  return new Map(
    rows.map((row) => [
      row.externalId,
      { ...row, effectiveFrom: row.effectiveFrom.getTime(), effectiveTo: row.effectiveTo?.getTime() ?? null },
    ]),
  );
}

/** Turns prepared documents into rows. */
class BatchBuilder {
  readonly #services: IngestServices;
  readonly #place: { readonly context: TenantContext; readonly collection: Collection };
  readonly #now: number;
  readonly #rows: DocumentRows;
  readonly #events: NewEvent[] = [];
  readonly #stored: StoredDocument[] = [];
  readonly #fresh: PendingChunk[] = [];
  readonly #closed: ClosedVersion[] = [];

  constructor(services: IngestServices, place: { readonly context: TenantContext; readonly collection: Collection }) {
    this.#services = services;
    this.#place = place;
    this.#now = services.clock();
    const of = { collectionId: place.collection.id, now: this.#now };
    this.#rows = { ...of, documents: [], versions: [], closed: [], chunks: [], queued: [], reset: [] };
  }

  add(prepared: PreparedDocument, known: KnownDocument | undefined): void {
    const decision = decideVersion(prepared, known, this.#now);
    if (decision.kind === 'unchanged' && known !== undefined) this.#keep(prepared, known);
    else if (decision.kind !== 'unchanged') this.#write(prepared, known, decision);
  }

  finish(): {
    readonly rows: DocumentRows;
    readonly events: readonly NewEvent[];
    readonly documents: readonly StoredDocument[];
    readonly fresh: readonly PendingChunk[];
    readonly closed: readonly ClosedVersion[];
    readonly needsProjection: boolean;
  } {
    return {
      rows: this.#rows,
      events: this.#events,
      documents: this.#stored,
      fresh: this.#fresh,
      closed: this.#closed,
      needsProjection: this.#rows.chunks.length + this.#rows.closed.length + this.#rows.reset.length > 0,
    };
  }

  /** The text is as it was; only what is said about it may be new. */
  #keep(prepared: PreparedDocument, known: KnownDocument): void {
    const facts = this.#facts(prepared, known);
    if (factsKey(facts) !== factsKey(known)) this.#rows.reset.push(known.documentId);
    this.#rows.documents.push(
      this.#documentRow(prepared, { ...facts, id: known.documentId, title: known.title, versionId: known.versionId }),
    );
    this.#stored.push({
      documentId: known.documentId,
      versionId: known.versionId,
      externalId: known.externalId,
      title: known.title,
      version: known.ordinal,
      chunks: prepared.parsed.chunks.length,
      outcome: 'unchanged',
    });
  }

  #write(
    prepared: PreparedDocument,
    known: KnownDocument | undefined,
    decision: Exclude<VersionDecision, { kind: 'unchanged' }>,
  ): void {
    const documentId = known?.documentId ?? this.#services.newId();
    const versionId = this.#services.newId();
    const title = prepared.given.title ?? prepared.parsed.document.title ?? prepared.fallbackTitle;
    const ordinal = (known?.ordinal ?? 0) + 1;
    if (decision.kind === 'changed' && known !== undefined) {
      this.#rows.closed.push({ id: known.versionId, effectiveTo: decision.previousTo });
      this.#closed.push({ versionId: known.versionId, effectiveTo: decision.previousTo });
    }
    const facts = this.#facts(prepared, known);
    this.#rows.documents.push(this.#documentRow(prepared, { ...facts, id: documentId, title, versionId }));
    this.#rows.versions.push(this.#versionRow(prepared, { id: versionId, documentId, title, ordinal, decision }));
    this.#addChunks(prepared, {
      documentId,
      versionId,
      externalId: prepared.externalId,
      mediaType: prepared.parsed.document.mediaType,
      acl: facts.acl,
      tags: facts.tags,
      metadata: metadataEntries(facts.metadata),
      effectiveFrom: decision.validity.from,
      effectiveTo: decision.validity.to,
    });
    const chunks = prepared.parsed.chunks.length;
    this.#events.push({
      type: 'document.stored',
      subjectId: documentId,
      data: { versionId, version: ordinal, chunks },
    });
    this.#stored.push({
      documentId,
      versionId,
      externalId: prepared.externalId,
      title,
      version: ordinal,
      chunks,
      outcome: decision.kind,
    });
  }

  #facts(prepared: PreparedDocument, known: KnownDocument | undefined) {
    const { given } = prepared;
    const declaredTags = prepared.parsed.document.declared.tags;
    return {
      acl: given.acl ?? known?.acl ?? [EVERYONE],
      tags: given.tags ?? declaredTags ?? known?.tags ?? [],
      metadata: given.metadata ?? known?.metadata ?? {},
    };
  }

  #documentRow(
    prepared: PreparedDocument,
    row: {
      id: string;
      title: string;
      versionId: string;
      acl: readonly string[];
      tags: readonly string[];
      metadata: object;
    },
  ) {
    return {
      ...row,
      sourceId: prepared.sourceId,
      externalId: prepared.externalId,
      mediaType: prepared.parsed.document.mediaType,
      sourceState: prepared.sourceState,
    };
  }

  #versionRow(
    prepared: PreparedDocument,
    row: {
      id: string;
      documentId: string;
      title: string;
      ordinal: number;
      decision: Exclude<VersionDecision, { kind: 'unchanged' }>;
    },
  ) {
    const { document, chunker, textSha256 } = prepared.parsed;
    const { validity } = row.decision;
    return {
      id: row.id,
      documentId: row.documentId,
      ordinal: row.ordinal,
      title: row.title,
      mediaType: document.mediaType,
      originalSha256: prepared.originalSha256,
      originalBytes: prepared.originalBytes,
      textSha256,
      textLength: document.text.length,
      language: prepared.parsed.language,
      parser: document.parser,
      chunker,
      pageCount: document.pageCount,
      pageStarts: pageStartsOf(document.blocks),
      warnings: document.warnings,
      effectiveFrom: validity.from,
      effectiveTo: validity.to,
    };
  }

  #addChunks(prepared: PreparedDocument, shared: Omit<ChunkAttributes, 'id'>): void {
    const { chunks, chunker, document, textSha256, language } = prepared.parsed;
    const { documentId, versionId } = shared;
    const collectionId = this.#place.collection.id;
    if (chunks.length > 0) this.#rows.queued.push(versionId);
    for (const chunk of chunks) {
      const { ordinal, start, end, header } = chunk;
      const id = chunkIdOf(versionId, chunker, ordinal);
      const embeddingKey = embeddingKeyOf(embeddedText(header, document.text.slice(start, end)));
      this.#rows.chunks.push({ ...chunk, id, documentId, versionId, embeddingKey });
      const attributes: ChunkAttributes = { ...shared, id };
      this.#fresh.push({
        attributes,
        ordinal,
        start,
        end,
        header,
        textSha256,
        language,
        embeddingKey,
        state: INDEX_STATE.stored,
        seenAt: this.#services.changes.of(collectionId),
      });
    }
  }
}

/** Equal for equal facts: neither the order of lists nor that of keys counts. */
function factsKey(facts: Pick<KnownDocument, 'acl' | 'tags' | 'metadata'>): string {
  const metadata = Object.entries(facts.metadata).map(([key, value]) => `${JSON.stringify(key)}=${value}`);
  return JSON.stringify([facts.acl, facts.tags, metadata].map((list) => [...new Set(list)].sort()));
}

/** Where each page begins: the first block of a page; a page without blocks begins where the next one does. */
function pageStartsOf(blocks: readonly Block[]): number[] {
  const starts: number[] = [];
  for (const block of blocks) {
    while (block.page !== null && starts.length < block.page) starts.push(block.start);
  }
  return starts;
}
