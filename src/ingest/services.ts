import type { Clock, NewId } from '../base/index.ts';
import type { Embedder } from '../models/index.ts';
import type { ChunkIndex } from '../retrieval/index.ts';
import type { Blobs, Database, Events, Jobs } from '../store/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { StoredChanges } from './documents/stored-changes.ts';
import type { ParsePool } from './parse/index.ts';

/** What ingestion is given by the platform. */
export interface IngestParts {
  readonly database: Database;
  readonly blobs: Blobs;
  readonly jobs: Jobs;
  readonly events: Events;
  readonly parsePool: ParsePool;
  readonly index: ChunkIndex;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Files larger than this are quarantined unread. */
  readonly maxFileBytes: number;
}

/** What ingestion stands on; wired once. */
export interface IngestServices extends IngestParts {
  readonly changes: StoredChanges;
}
