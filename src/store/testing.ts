/**
 * For tests: a fresh database in a moment, and a way to run a suite on both kinds.
 * PostgreSQL takes part when `PLUMB_TEST_DATABASE_URL` names a login that may create databases and roles.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import pg from 'pg';
import { describe } from 'vitest';
import { newId, type TenantContext } from '../base/index.ts';
import { copyTemplate } from './database-template.ts';
import type { SqlDatabase } from './sql-database.ts';
import { bootstrap } from './installation.ts';
import { openDatabase } from './open-database.ts';
import type { S3Access, S3Place } from './s3-blobs.ts';

/** A database of a test's own. */
export interface TestDatabase {
  readonly database: SqlDatabase;
  /** A home of its own, also when the database is a server's. */
  readonly home: string;
  /** The local tenant made at first boot. */
  readonly context: TenantContext;
  /** Closes the database and removes it and the home. */
  drop(): Promise<void>;
}

/** A database on the tests' server, there until dropped. */
export interface ServerDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Login of the server the tests may use, if there is one. */
export const testServerUrl: string | undefined = process.env['PLUMB_TEST_DATABASE_URL'];

/** S3-compatible server the tests may use, if there is one; it takes any login. */
const testS3Url: string | undefined = process.env['PLUMB_TEST_S3_URL'];

/** A fresh bucket on the tests' S3 server with a login; null when no server is known. */
export async function openTestBucket(): Promise<(S3Access & S3Place) | null> {
  if (testS3Url === undefined) return null;
  const login = { accessKeyId: 'test', secretAccessKey: 'test-secret' };
  const access = { endpoint: testS3Url, region: 'us-east-1', login };
  const bucket = `plumb-test-${randomBytes(6).toString('hex')}`;
  const client = new S3Client({ endpoint: testS3Url, region: 'us-east-1', credentials: login, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }), { abortSignal: AbortSignal.timeout(10_000) });
  client.destroy();
  return { ...access, bucket, prefix: 'some/place' };
}

/** What a suite's title ends in when there is no S3 server. */
export const withoutS3: string =
  testS3Url === undefined ? ': skipped, set PLUMB_TEST_S3_URL to an S3-compatible server, for example moto_server' : '';

/** The local principal of a tenant, member of everyone. */
export function testContext(tenantId: string = newId()): TenantContext {
  return { tenantId, principalId: 'local', groups: ['g:everyone'], requestId: 'test' };
}

/** A fresh, migrated, booted database. @throws when `postgres` is asked for and no server is known */
export async function openTestDatabase(kind: 'pglite' | 'postgres' = 'pglite'): Promise<TestDatabase> {
  const home = await mkdtemp(join(tmpdir(), 'plumbline-test-'));
  const server = kind === 'postgres' ? await createServerDatabase() : null;
  if (server === null) await copyTemplate(home);
  const database = await openDatabase({ home, databaseUrl: server?.url ?? null, databaseOwnerUrl: null });
  const context = testContext(await bootstrap(database));
  const drop = async () => {
    await database.close();
    await server?.drop();
    await rm(home, { recursive: true, force: true });
  };
  return { database, home, context, drop };
}

/** Runs a suite on the embedded database and on a PostgreSQL server; without a server that half is skipped and says why. */
export function describeDatabases(name: string, suite: (open: () => Promise<TestDatabase>) => void): void {
  describe(`${name} (pglite)`, () => suite(() => openTestDatabase('pglite')));
  if (testServerUrl !== undefined) describe(`${name} (postgres)`, () => suite(() => openTestDatabase('postgres')));
  else {
    describe.skip(`${name} (postgres): skipped, set PLUMB_TEST_DATABASE_URL to a login that may create databases`, () =>
      suite(() => openTestDatabase('postgres')));
  }
}

/** An empty database on the tests' server. @throws when no server is known */
export async function createServerDatabase(): Promise<ServerDatabase> {
  if (testServerUrl === undefined) throw new Error('PLUMB_TEST_DATABASE_URL is not set.');
  const name = `plumb_test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(testServerUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testServerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
