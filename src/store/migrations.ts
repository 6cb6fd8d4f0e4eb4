import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';
import { secureTables } from './secure-tables.ts';
import type { SqlClient, SqlDriver } from './driver/sql-driver.ts';

/** The generated and hand-written SQL files; beside `src/` and `dist/` alike. */
const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** One migration file. */
export interface Migration {
  /** SHA-256 of the file, in hex. */
  readonly hash: string;
  /** When it was generated, milliseconds since 1970 UTC; gives the order. */
  readonly createdAt: number;
  readonly statements: readonly string[];
}

/** Every migration, oldest first. */
export function readMigrations(): Migration[] {
  return readMigrationFiles({ migrationsFolder: FOLDER }).map((file) => ({
    hash: file.hash,
    createdAt: file.folderMillis,
    statements: file.sql.filter((statement) => statement.trim() !== ''),
  }));
}

/** Hashes of the migrations this database has had, oldest first; empty for a new database. */
async function appliedMigrations(driver: SqlDriver): Promise<string[]> {
  return driver.transaction({ as: 'system' }, async (client) => {
    const { rows } = await client.query(`select to_regclass('public.schema_migrations') is not null`);
    if (rows[0]?.[0] !== true) return [];
    const applied = await client.query('select hash from schema_migrations order by created_at');
    return applied.rows.map((row) => String(row[0]));
  });
}

/** Those of `all` that the database has not had. */
export async function pendingMigrations(driver: SqlDriver, all = readMigrations()): Promise<Migration[]> {
  const applied = new Set(await appliedMigrations(driver));
  return all.filter((migration) => !applied.has(migration.hash));
}

/** Applies migrations in order, all or none, and then row-level security to every tenant-owned table. */
export async function applyMigrations(driver: SqlDriver, pending: readonly Migration[]): Promise<void> {
  await driver.transaction({ as: 'system' }, async (client) => {
    await client.script(
      'create table if not exists schema_migrations (hash text primary key, created_at bigint not null)',
    );
    for (const migration of pending) await applyOne(client, migration);
    await secureTables(client);
  });
}

async function applyOne(client: SqlClient, migration: Migration): Promise<void> {
  for (const statement of migration.statements) await client.script(statement);
  await client.query('insert into schema_migrations (hash, created_at) values ($1, $2)', [
    migration.hash,
    migration.createdAt,
  ]);
}
