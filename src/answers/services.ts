import type { Clock, NewId, TenantContext } from '../base/index.ts';
import type { Collection, Ingest } from '../ingest/index.ts';
import type { Embedder, ModelCalls } from '../models/index.ts';
import type { ChunkIndex, Reranker, SearchCache, VectorCache } from '../retrieval/index.ts';
import type { Blobs, Database } from '../store/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { ClaimVerifier } from './claims/index.ts';
import type { CollectionWords } from './evidence/collection-words.ts';
import type { SentenceOdds } from './extractive/sentence-odds.ts';
import type { SentenceVectors } from './extractive/sentence-vectors.ts';
import type { Excerpts } from './evidence/excerpts.ts';
import type { FoundChunks } from './evidence/retrieve.ts';
import type { SourceTexts } from './evidence/source-texts.ts';
import type { QueryLog } from './query-log/query-log.ts';
import type { Turns } from './stream/turns.ts';

/** What answering stands on; wired once by the platform. */
export interface AnswerServices {
  readonly database: Database;
  readonly blobs: Blobs;
  readonly index: ChunkIndex;
  readonly embedder: Embedder;
  /** Language models, for what is in a collection or asked about it; answers are extractive while none does the task `answer`. */
  readonly modelsFor: (collection: Collection) => ModelCalls;
  /** Words of passages, read without the whole of the texts they stand in. */
  readonly excerpts: Excerpts;
  /** The whole texts that passages stand in. */
  readonly texts: SourceTexts;
  /** Of sentences compared before. */
  readonly vectors: SentenceVectors;
  /** How likely sentences answer, where the reader of answers has read them. */
  readonly odds: SentenceOdds;
  /** What was found before. */
  readonly searches: SearchCache<FoundChunks>;
  /** Vectors of questions that were embedded before. */
  readonly questions: VectorCache;
  /** Takes note of what is searched for; null: nothing does. */
  readonly queryLog: QueryLog | null;
  readonly ingest: Ingest;
  /** The words of whole documents, counted as collections are searched. */
  readonly words: CollectionWords;
  /** What reads question and passages together, for one caller and collection. Absent or null: nothing. */
  readonly rerankerFor?: (context: TenantContext, collection: Collection) => Reranker | null;
  /** Answers in work at once, apart from waiting for language models. */
  readonly turns: Turns;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Levels of verification beyond the free ones, for one caller and collection. Absent: none. */
  readonly verifiersFor?: (context: TenantContext, collection: Collection) => readonly ClaimVerifier[];
}
