import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type ChunkIndex, openLanceChunkIndex, openPgvectorChunkIndex } from '../../src/retrieval/index.ts';
import { openDatabase } from '../../src/store/index.ts';

/** An empty chunk index of a benchmark's own. */
export interface BenchIndex {
  readonly index: ChunkIndex;
  /** Closes it and removes what it wrote. */
  readonly close: () => Promise<void>;
}

/**
 * Opens an index by its name in `PLUMB_INDEX`: LanceDB in a temporary folder, pgvector in a database that is made for it.
 * @throws Error when the name is neither, or pgvector has no server in `PLUMB_TEST_DATABASE_URL`
 */
export async function openBenchIndex(kind: string): Promise<BenchIndex> {
  if (kind === 'lancedb') return await openOnDisk();
  if (kind === 'pgvector') return await openOnServer();
  throw new Error(`--index was given ${kind}; allowed: lancedb, pgvector.`);
}

async function openOnDisk(): Promise<BenchIndex> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const index = await openLanceChunkIndex({ folder });
  const close = async (): Promise<void> => {
    await index.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { index, close };
}

async function openOnServer(): Promise<BenchIndex> {
  const server = process.env['PLUMB_TEST_DATABASE_URL'];
  if (server === undefined) {
    throw new Error('--index pgvector needs PLUMB_TEST_DATABASE_URL: a login that may create databases and roles.');
  }
  const name = `plumb_bench_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase({ home: tmpdir(), databaseUrl: url.href, databaseOwnerUrl: null });
  const index = await openPgvectorChunkIndex({ database });
  const close = async (): Promise<void> => {
    await index.close();
    await database.close();
    await onServer(server, `drop database ${name} with (force)`);
  };
  return { index, close };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
