import { availableParallelism } from 'node:os';
import { randomUUID } from 'node:crypto';
import {
  type Answer,
  type AnswerServices,
  type AnswerStreams,
  ask,
  configuredReranker,
  configuredVerifiers,
  Excerpts,
  CollectionWords,
  findAnswer,
  type FoundChunks,
  keepPruned,
  type KeptAnswers,
  openKeptAnswers,
  openStreams,
  type Question,
  requestOf,
  type SearchPage,
  type SearchQuery,
  search,
  QueryLog,
  SentenceOdds,
  SentenceVectors,
  SourceTexts,
  Turns,
  type Warmed,
  warmCaches,
  type FittedWeight,
  type Fitting,
  fitWeight,
  type Warming,
} from './answers/index.ts';
import { type Clock, EVERYONE, type NewId, newId, systemClock, type TenantContext } from './base/index.ts';
import type { Config } from './config/index.ts';
import { createParsePool, Ingest, type ParsePool } from './ingest/index.ts';
import {
  type Budgets,
  type Embedder,
  type Meter,
  type ModelDoor,
  openLocalEmbedder,
  openNli,
  openReader,
  openReranker,
  readUsage,
  type ReplyCacheCounts,
  tokenizerFolder,
  type UsagePage,
  type UsageQuery,
} from './models/index.ts';
import { type CacheCounts, type ChunkIndex, openSearchCaches, versionedChunkIndex } from './retrieval/index.ts';
import { backup, type Blobs, bootstrap, type Database, type Events, type Manifest } from './store/index.ts';
import { type DeclaredPrivacy, openDeclaredPrivacy } from './privacy/index.ts';
import { type Asking, openAsking } from './platform-models.ts';
import { type Closer, closeAll, holdHome, openIndex, openStores } from './platform-stores.ts';
import { createLog, type Log } from './telemetry/index.ts';

/** Parts a caller may bring along instead of those the configuration names. */
export interface PlatformOverrides {
  readonly embedder?: Embedder;
  readonly clock?: Clock;
  readonly newId?: NewId;
  readonly log?: Log;
  /** What the home's lock says of who holds it, for example the server's address. */
  readonly address?: string;
}

/** Everything Plumbline does, wired together. Doors (server, CLI) and solutions stand on this. */
export interface Platform {
  readonly config: Config;
  /** Organisation of the person at this machine. */
  readonly localTenantId: string;
  readonly ingest: Ingest;
  readonly events: Events;
  readonly database: Database;
  readonly blobs: Blobs;
  readonly index: ChunkIndex;
  readonly embedder: Embedder;
  /** Words of whole documents, counted in the background as collections are searched; `idle` tells when that is done. */
  readonly words: CollectionWords;
  /** Language models; `has(task)` is false where none is declared. */
  readonly models: ModelDoor;
  /** What organisation and collections declare their material to be. */
  readonly privacy: Omit<DeclaredPrivacy, 'check'>;
  readonly log: Log;
  /** The context of the person at this machine. */
  localContext(requestId?: string): TenantContext;
  ask(context: TenantContext, question: Question): Promise<Answer>;
  search(context: TenantContext, query: SearchQuery): Promise<SearchPage>;
  /** Begins an answer as a stream of events. @returns its id, for `streams.follow` */
  beginAnswer(context: TenantContext, question: Omit<Question, 'signal'>): string;
  readonly streams: AnswerStreams;
  /** @throws PlumblineError `answer.not-found` */
  answer(context: TenantContext, id: string): Promise<Answer>;
  /** What can be done with answers after they were given. */
  readonly kept: KeptAnswers;
  /** Sets aside what a model call may use at most. */
  readonly budgets: Budgets;
  /** Takes what a model call used. */
  readonly meter: Meter;
  /** Finds what meaning should weigh against words in a collection, by judged questions. @throws PlumblineError `judged-questions.invalid` */
  fit(context: TenantContext, fitting: Fitting): Promise<FittedWeight>;
  /** Makes logged searches again, so that their results are kept. */
  warm(context: TenantContext, warming: Warming): Promise<Warmed>;
  /** What the caches of this process did since it started, over all tenants. */
  caches(): CachesReport;
  /** What the tenant's model calls used, grouped. */
  usage(context: TenantContext, query: UsageQuery): Promise<UsagePage>;
  /** Writes everything of this home into one archive; writers wait meanwhile. */
  backup(file: string): Promise<Manifest>;
  /** Stops work in hand, which goes on at the next start, and frees everything. */
  close(): Promise<void>;
}

/** What caches did. */
export interface CachesReport {
  /** Results of searches. */
  readonly searches: CacheCounts;
  /** Vectors of questions. */
  readonly questions: CacheCounts;
  /** Replies of models; null: they are not kept. */
  readonly replies: ReplyCacheCounts | null;
}

/**
 * The one composition root.
 * @throws PlumblineError `home.locked`, `database.*`, `model.invalid`, `models.invalid`
 */
export async function createPlatform(config: Config, overrides: PlatformOverrides = {}): Promise<Platform> {
  const log = overrides.log ?? createLog('warn');
  const clock = overrides.clock ?? systemClock;
  const closers: Closer[] = [];
  try {
    if (config.databaseUrl === null) await holdHome(config, { closers, address: overrides.address ?? null });
    const openingStores = openStores(config, { log, closers });
    const opening = [
      openingStores,
      openIndex(config, { closers, stores: openingStores }),
      openLocalEmbedder(config.embedder, { given: overrides.embedder, closers }),
    ] as const;
    await Promise.allSettled(opening); // so that nothing is still opening when a failure closes the rest
    const [stores, opened, embedder] = await Promise.all(opening);
    const caches = openSearchCaches<FoundChunks>(stores.database, config.searchCacheBytes);
    const index = versionedChunkIndex(opened, caches.versions);
    const parsePool = parsePoolOf(config);
    closers.push(() => parsePool.close());
    const parts = { ...stores, index, embedder, parsePool, log, clock, newId: overrides.newId ?? newId };
    const ingest = new Ingest({ ...parts, maxFileBytes: config.parsing.maxFileBytes });
    closers.push(() => ingest.close());
    const asking = await openAsking(config, { ...parts, closers });
    const localTenantId = await bootstrap(stores.database);
    const privacy = openDeclaredPrivacy({ ...stores, ...asking, ingest, embedder: config.embedder });
    await privacy.check();
    await ingest.start([localTenantId]);
    const words = new CollectionWords(parts);
    closers.push(() => words.close());
    const verifiersFor = configuredVerifiers({ ...privacy, log, nli: await openNli(config.nliModel, closers) });
    const texts = { excerpts: new Excerpts(stores.blobs), texts: new SourceTexts(stores.blobs) };
    const odds = new SentenceOdds(await openReader(closers), log);
    const reading = { vectors: new SentenceVectors(embedder), odds, ...texts };
    const rerankerFor = configuredReranker({ ...privacy, local: await openReranker(config.rerankModel, closers) });
    const queryLog = config.queryLog ? new QueryLog({ ...parts, privacy: asking.registry.privacy }) : null;
    closers.push(async () => queryLog?.settled());
    const answering = { verifiersFor, rerankerFor, turns: new Turns(Math.max(4, 2 * availableParallelism())) };
    const { modelsFor } = privacy;
    const services = { ...parts, ...caches, ...answering, queryLog, ingest, words, ...reading, modelsFor };
    const streams = openStreams(services);
    closers.push(() => streams.close(), keepPruned(services));
    const { events } = stores;
    return assemble(config, { services, asking, privacy, streams, events, localTenantId, closers });
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

function parsePoolOf(config: Config): ParsePool {
  return createParsePool({
    children: Math.max(1, availableParallelism() - 1),
    memoryMb: config.parsing.memoryMb,
    stallMs: config.parsing.stallMs,
    maxFileBytes: config.parsing.maxFileBytes,
    tokenizerFolder: tokenizerFolder(config.embedder),
  });
}

function assemble(
  config: Config,
  parts: {
    readonly services: AnswerServices;
    readonly streams: AnswerStreams;
    readonly asking: Asking;
    readonly privacy: DeclaredPrivacy;
    readonly events: Events;
    readonly localTenantId: string;
    readonly closers: Closer[];
  },
): Platform {
  const { services, localTenantId } = parts;
  return {
    config,
    localTenantId,
    ingest: services.ingest,
    events: parts.events,
    database: services.database,
    blobs: services.blobs,
    index: services.index,
    embedder: services.embedder,
    words: services.words,
    models: parts.asking.models,
    privacy: parts.privacy,
    log: services.log,
    localContext: (requestId = randomUUID()) => ({
      tenantId: localTenantId,
      principalId: 'local',
      groups: [EVERYONE],
      requestId,
    }),
    ask: (context, question) => ask(services, context, question),
    search: (context, query) => search(services, context, query),
    fit: (context, fitting) => fitWeight(services, context, fitting),
    warm: (context, warming) => warmCaches(services, context, warming),
    streams: parts.streams,
    beginAnswer: (context, question) => {
      const request = requestOf(context, question, services.clock());
      return parts.streams.begin(context, { request, collection: question.collection });
    },
    answer: (context, id) => findAnswer(services.database, context, id),
    kept: openKeptAnswers({ ...services, events: parts.events }),
    budgets: parts.asking.budgets,
    meter: parts.asking.meter,
    caches: () => ({
      searches: services.searches.counts,
      questions: services.questions.counts,
      replies: parts.asking.replies?.counts ?? null,
    }),
    usage: (context, query) => readUsage(services.database, context, query),
    backup: (file) => backup({ database: services.database, blobs: services.blobs, file }),
    close: () => closeAll(parts.closers),
  };
}
