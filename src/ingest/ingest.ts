import { EVERYONE, type TenantContext } from '../base/index.ts';
import {
  type AnswerPolicy,
  type Collection,
  type Declaring,
  type CollectionSettings,
  type CollectionSummary,
  collectionToRead,
  ensureCollection,
  findCollection,
  listCollections,
  setFields,
  setDataClass,
  setPolicy,
  setRetrieval,
} from './collections/collections.ts';
import { checkMetadata } from '../retrieval/index.ts';
import { Closings } from './documents/closings.ts';
import type { StoredDocument } from './documents/prepared-document.ts';
import { StoredChanges } from './documents/stored-changes.ts';
import {
  type CanonicalText,
  type DocumentSummary,
  findDocument,
  listDocuments,
  readCanonicalText,
  readOriginal,
} from './documents/read-documents.ts';
import { deleteDocument } from './erasure/delete-document.ts';
import { finishErasure } from './erasure/finish-erasure.ts';
import { sweepBlobs } from './erasure/sweep-blobs.ts';
import { BlobHolds } from './erasure/blob-holds.ts';
import { Erasures } from './erasure/erasures.ts';
import { declareQueues, startWorkers } from './ingest-jobs.ts';
import type { IngestRun, RunOptions, SourceSpec } from './pipeline/ingest-runs.ts';
import { RunControl } from './pipeline/run-control.ts';
import { type Intake, projectSoon } from './pipeline/store-and-announce.ts';
import { ingestUpload, type Upload } from './pipeline/upload.ts';
import { adoptEmbedder } from './projection/adopt-embedder.ts';
import { compareIndex, type IndexComparison } from './projection/compare-index.ts';
import { type ProjectionProgress, projectionProgress, startReindex } from './projection/reindex.ts';
import { Projector } from './projection/projector.ts';
import { RecentTexts } from './projection/recent-texts.ts';
import { type QuarantinedFile, listQuarantine } from './quarantine/quarantine.ts';
import { discardQuarantined, retryQuarantined } from './quarantine/retry.ts';
import type { IngestParts, IngestServices } from './services.ts';

/** Characters of just-parsed text and terms kept for the projector, about two bytes each. */
const RECENT_CHARACTERS = 16_000_000;

/** Everything that brings documents in, keeps them findable, and takes them out again. */
export class Ingest {
  readonly #services: IngestServices;
  readonly #intake: Intake;
  readonly #runs: RunControl;
  readonly #stop = new AbortController();

  constructor(parts: IngestParts) {
    const services: IngestServices = { ...parts, changes: new StoredChanges() };
    this.#services = services;
    const recent = new RecentTexts(RECENT_CHARACTERS);
    const projector = new Projector(services, recent);
    const tools = {
      services,
      projector,
      recent,
      holds: new BlobHolds(),
      closings: new Closings({ services, projector }),
    };
    const erasures = new Erasures(async (jobs) => {
      for (const [tenantId, group] of Map.groupBy(jobs, (job) => job.tenantId))
        await finishErasure(tools, systemContext(tenantId), group);
    });
    this.#intake = { ...tools, erasures };
    this.#runs = new RunControl(this.#intake);
  }

  /** Takes up what an earlier process left: unfinished passes, chunks not yet indexed, words not yet erased. */
  async start(tenantIds: readonly string[]): Promise<void> {
    const startedAt = this.#services.clock();
    await declareQueues(this.#intake);
    await startWorkers(this.#intake, this.#stop.signal);
    for (const tenantId of tenantIds) {
      const context = systemContext(tenantId);
      for (const collection of await listCollections(this.#services.database, context)) {
        await adoptEmbedder(this.#intake, context, collection);
        projectSoon(this.#intake, { context, collection });
      }
      await this.#runs.resume(context, (id) => findCollection(this.#services.database, context, id));
      const sweeping = { writtenBefore: startedAt - 1000, signal: this.#stop.signal };
      sweepBlobs(this.#intake, context, sweeping).catch((error: unknown) => {
        this.#services.log.warn('Left-over blobs could not be swept.', { error: String(error) });
      });
    }
  }

  /** Makes the collection when it does not exist. */
  async ensureCollection(
    context: TenantContext,
    wanted: { readonly name: string; readonly settings?: Partial<CollectionSettings> },
  ): Promise<Collection> {
    return await ensureCollection(this.#services, context, wanted);
  }

  /** @throws PlumblineError `collection.not-found` */
  async collection(context: TenantContext, nameOrId: string): Promise<Collection> {
    return await findCollection(this.#services.database, context, nameOrId);
  }

  /** Sets how the collection is searched. @throws PlumblineError `collection.not-found`, `retrieval-settings.invalid` */
  async setRetrieval(context: TenantContext, nameOrId: string, retrieval: object): Promise<Collection> {
    return await setRetrieval(this.#services.database, context, { collection: nameOrId, retrieval });
  }

  /** Sets what is done with sentences that no source carries. @throws PlumblineError `collection.not-found` */
  async setPolicy(context: TenantContext, nameOrId: string, policy: AnswerPolicy): Promise<Collection> {
    return await setPolicy(this.#services.database, context, { collection: nameOrId, policy });
  }

  /** Declares what the collection's documents are. @throws PlumblineError `collection.not-found` */
  async setDataClass(context: TenantContext, nameOrId: string, declaring: Declaring): Promise<Collection> {
    return await setDataClass(this.#services.database, context, { collection: nameOrId, ...declaring });
  }

  /** Declares the fields of the collection's documents. @throws PlumblineError `collection.not-found`, `fields.invalid` */
  async setFields(context: TenantContext, nameOrId: string, fields: object): Promise<Collection> {
    return await setFields(this.#services.database, context, { collection: nameOrId, fields });
  }

  /** The collection a question means that names none. @throws PlumblineError `collection.not-found` */
  async collectionToRead(context: TenantContext): Promise<Collection> {
    return await collectionToRead(this.#services.database, context);
  }

  /** All collections with their sizes, which are counted. */
  async collections(context: TenantContext): Promise<CollectionSummary[]> {
    return await listCollections(this.#services.database, context);
  }

  /** Parses and stores one file; acknowledged when it returns. @throws DocumentQuarantined */
  async upload(
    context: TenantContext,
    to: { readonly collection: Collection; readonly signal: AbortSignal },
    upload: Upload,
  ): Promise<StoredDocument> {
    checkMetadata(to.collection.settings.fields, upload.given.metadata ?? {});
    return await ingestUpload(this.#intake, { context, ...to }, upload);
  }

  /** Begins a pass over a file, folder or address and returns at once. */
  async startRun(
    context: TenantContext,
    collection: Collection,
    wanted: { readonly spec: SourceSpec; readonly options: RunOptions },
  ): Promise<IngestRun> {
    return await this.#runs.start({ context, collection }, wanted);
  }

  /** @throws PlumblineError `ingest.not-found` */
  async run(context: TenantContext, id: string): Promise<IngestRun> {
    return await this.#runs.find(context, id);
  }

  async cancelRun(context: TenantContext, id: string): Promise<IngestRun> {
    return await this.#runs.cancel(context, id);
  }

  async documents(
    context: TenantContext,
    page: { readonly collectionId: string | null; readonly before: string | null; readonly limit: number },
  ): Promise<DocumentSummary[]> {
    return await listDocuments(this.#services.database, context, page);
  }

  /** @throws PlumblineError `document.not-found` */
  async document(context: TenantContext, id: string): Promise<DocumentSummary> {
    return await findDocument(this.#services.database, context, id);
  }

  /** @throws PlumblineError `document.not-found` */
  async text(
    context: TenantContext,
    wanted: { readonly documentId: string; readonly version: number | null },
  ): Promise<CanonicalText> {
    return await readCanonicalText(this.#services, context, wanted);
  }

  /** The bytes as they came. @throws PlumblineError `document.not-found` */
  async original(
    context: TenantContext,
    id: string,
  ): Promise<{ readonly bytes: Uint8Array; readonly fileName: string }> {
    return await readOriginal(this.#services, context, id);
  }

  /**
   * Deletes a document; nothing finds it when this returns. `erased` settles when its bytes are off the disk too.
   * @throws PlumblineError `document.not-found`
   */
  async deleteDocument(context: TenantContext, id: string): Promise<{ readonly erased: Promise<void> }> {
    return await deleteDocument(this.#intake, context, id);
  }

  async quarantine(
    context: TenantContext,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<QuarantinedFile[]> {
    return await listQuarantine(this.#services.database, context, page);
  }

  /** Tries a quarantined file again. @throws DocumentQuarantined when it fails again */
  async retryQuarantined(context: TenantContext, id: string, signal: AbortSignal): Promise<StoredDocument> {
    return await retryQuarantined(this.#intake, { context, signal }, id);
  }

  /** Forgets a quarantined file and its bytes. */
  async discardQuarantined(context: TenantContext, id: string): Promise<void> {
    await discardQuarantined(this.#intake, context, id);
  }

  /** Builds a collection's index anew from the store, in the background. */
  async reindex(context: TenantContext, collection: Collection): Promise<void> {
    await startReindex(this.#intake, context, collection.id);
    projectSoon(this.#intake, { context, collection });
  }

  /** Compares a collection's index with the store while nothing is written to it, waiting for who writes. */
  async checkIndex(
    context: TenantContext,
    collection: Pick<Collection, 'id'>,
  ): Promise<{ readonly text: IndexComparison; readonly vectors: IndexComparison }> {
    return await this.#intake.projector.inTurn({ context, collectionId: collection.id }, (scope) =>
      compareIndex(this.#services, context, scope),
    );
  }

  async progress(context: TenantContext, collection: Pick<Collection, 'id'>): Promise<ProjectionProgress> {
    return await projectionProgress(this.#services.database, context, collection.id);
  }

  /** Resolves when no pass runs and everything stored is indexed, words optimised. @throws when indexing fails */
  async idle(context: TenantContext): Promise<void> {
    await this.#runs.idle();
    await this.#intake.closings.settled();
    for (const { id } of await listCollections(this.#services.database, context)) {
      await this.#intake.projector.settle({ context, collectionId: id });
    }
  }

  /** Interrupts passes and indexing; both go on at the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#runs.close();
    await this.#intake.projector.close();
    await this.#intake.closings.settled();
    await this.#intake.erasures.settled();
  }
}

/** The context of work nobody asked for at this moment: sees everything of its tenant. */
function systemContext(tenantId: string): TenantContext {
  return { tenantId, principalId: 'system', groups: [EVERYONE], requestId: 'system' };
}
