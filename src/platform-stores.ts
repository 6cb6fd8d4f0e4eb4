import { join } from 'node:path';
import type { Config } from './config/index.ts';
import {
  type ChunkIndex,
  type LanceChunkIndexOptions,
  openLanceChunkIndex,
  openPgvectorChunkIndex,
} from './retrieval/index.ts';
import {
  type Blobs,
  type Database,
  DiskBlobs,
  type Events,
  type Jobs,
  lockHome,
  type Manifest,
  openDatabase,
  openJobs,
  restore,
  S3Blobs,
  SqlEvents,
} from './store/index.ts';
import type { Log } from './telemetry/index.ts';

/** Frees something that was opened. */
export type Closer = () => Promise<void>;

/** Where the platform keeps things. */
export interface Stores {
  readonly database: Database;
  readonly blobs: Blobs;
  readonly jobs: Jobs;
  readonly events: Events;
}

/** Opens the database, its jobs and the blobs; what is open is in `closers` even when a later part fails. */
export async function openStores(
  config: Config,
  with_: { readonly log: Log; readonly closers: Closer[] },
): Promise<Stores> {
  const { closers, log } = with_;
  const { home, databaseUrl, databaseOwnerUrl } = config;
  const database = await openDatabase({ home, databaseUrl, databaseOwnerUrl });
  closers.push(() => database.close());
  const jobs = await openJobs(database, ({ queue, error }) =>
    log.warn('A job failed and will be tried again.', { queue, code: error.code, error: error.message }),
  );
  closers.push(() => jobs.stop(2000));
  const blobs = blobsOf(config);
  closers.push(() => blobs.close());
  // Half-written blobs of a process that was killed; on a shared home another process may be writing right now.
  if (databaseUrl === null && blobs instanceof DiskBlobs) await blobs.sweep();
  return { database, blobs, jobs, events: new SqlEvents(database) };
}

/** Opens the chunk index the configuration names. */
export async function openIndex(
  config: Config,
  { closers, stores }: { readonly closers: Closer[]; readonly stores: Promise<Stores> },
): Promise<ChunkIndex> {
  const index =
    config.index === 'pgvector'
      ? await openPgvectorChunkIndex({ database: (await stores).database })
      : await openLanceChunkIndex(lancePlaceOf(config));
  closers.push(() => index.close());
  return index;
}

function lancePlaceOf({ home, indexPlace, s3 }: Config): LanceChunkIndexOptions {
  if (indexPlace === null) return { folder: join(home, 'index') };
  return { folder: join(home, 'index'), bucket: { ...indexPlace, ...s3 } };
}

/** Takes the home for this process. @throws PlumblineError `home.locked` */
export async function holdHome(
  config: Config,
  with_: { readonly closers: Closer[]; readonly address: string | null },
): Promise<void> {
  const lock = await lockHome(config.home);
  with_.closers.push(() => lock.release());
  if (with_.address !== null) await lock.setAddress(with_.address);
}

/**
 * Fills an empty home from an archive of `backup`. Indexes are not in it: build them anew afterwards.
 * @throws PlumblineError `home.locked`, `restore.not-empty`, `backup.invalid`
 */
export async function restoreHome(config: Config, file: string): Promise<Manifest> {
  const { home, databaseUrl, databaseOwnerUrl } = config;
  const closers: Closer[] = [];
  try {
    if (databaseUrl === null) await holdHome(config, { closers, address: null });
    const database = await openDatabase({ home, databaseUrl, databaseOwnerUrl });
    closers.push(() => database.close());
    return await restore({ database, blobs: blobsOf(config), file });
  } finally {
    await closeAll(closers);
  }
}

function blobsOf({ home, databaseUrl, blobsPlace, s3 }: Config): DiskBlobs | S3Blobs {
  if (blobsPlace !== null) return new S3Blobs(blobsPlace, s3);
  return new DiskBlobs(join(home, 'blobs'), { durable: databaseUrl !== null });
}

/** Closes in the reverse order of opening; a failure does not keep the rest open. */
export async function closeAll(closers: Closer[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers.splice(0).reverse()) {
    await close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Parts of the platform could not be closed.');
}
