/**
 * The system of record: one database (embedded PGlite or a PostgreSQL server behind the same calls), blobs, jobs,
 * events, backup, and the lock on the home. Row-level security binds every tenant's transaction.
 * Never interprets what it stores and never reaches the network beyond the database and, where blobs are kept there, the
 * object storage.
 * Start with `database.ts` (the calls), `schema.ts` (the tables), `driver/sql-driver.ts` (how statements travel).
 */
export { backup, type BackupOptions } from './backup/backup.ts';
export { type BackupProgress, type Manifest } from './backup/manifest.ts';
export { restore } from './backup/restore.ts';
export type { Blobs, HashedBytes } from './blobs.ts';
export { type BossJobs, type OnJobFailure, openJobs } from './boss-jobs.ts';
export type { Database, Transaction } from './database.ts';
export { DiskBlobs, type DiskBlobsOptions } from './disk-blobs.ts';
export type { Events, NewEvent, StoredEvent } from './events.ts';
export { type HomeHolder, homeHolder, type HomeLock, lockHome } from './home-lock.ts';
export { IdleThread } from './idle-thread.ts';
export { bootstrap, getInstallation, setInstallation } from './installation.ts';
export type { Jobs, NewJob, WorkOptions } from './jobs.ts';
export { type ArrayElement, binaryArray, type ElementType } from './driver/binary-array.ts';
export { type DatabaseLocation, openDatabase } from './open-database.ts';
export { type SqlDatabase } from './sql-database.ts';
export { SqlEvents } from './sql-events.ts';
export { type S3Access, S3Blobs, type S3Place } from './s3-blobs.ts';
export {
  answers,
  collections,
  INDEX_STATE,
  ingestRuns,
  quarantine,
  sources,
} from './schema.ts';
