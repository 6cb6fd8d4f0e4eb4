import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCluster } from './driver/create-cluster.ts';
import { PgliteDriver } from './driver/pglite-driver.ts';
import { PostgresDriver } from './driver/postgres-driver.ts';
import { dumpBeforeMigration } from './dumps.ts';
import { applyMigrations, pendingMigrations, readMigrations } from './migrations.ts';
import { tellPlanner } from './planner-facts.ts';
import { scrubEmbedded } from './scrub.ts';
import { SqlDatabase } from './sql-database.ts';

/** Where the system of record lives. */
export interface DatabaseLocation {
  /** Absolute path of the home; the embedded database is its folder `database`. */
  readonly home: string;
  /** A PostgreSQL server instead of the embedded database. */
  readonly databaseUrl: string | null;
  /** Login of the owner; default: `databaseUrl`. */
  readonly databaseOwnerUrl: string | null;
}

/** Folder under the home of dumps taken before migrations. */
const DUMPS = 'dumps';

/**
 * Opens the database and brings its schema up to date. The embedded one has no lock of its own: hold the home's lock
 * (`lockHome`) while it is open.
 */
export async function openDatabase(location: DatabaseLocation): Promise<SqlDatabase> {
  return location.databaseUrl === null
    ? openEmbedded(location.home)
    : openServer(location.databaseUrl, location.databaseOwnerUrl ?? location.databaseUrl);
}

async function openEmbedded(home: string): Promise<SqlDatabase> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const directory = join(home, 'database');
  await ensureCluster(directory);
  const driver = new PgliteDriver(directory);
  try {
    const all = readMigrations();
    const pending = await pendingMigrations(driver, all);
    if (pending.length > 0 && pending.length < all.length) await dumpBeforeMigration(driver, join(home, DUMPS));
    if (pending.length > 0) await applyMigrations(driver, pending);
    await tellPlanner(driver);
    await driver.restrict();
  } catch (error) {
    await driver.close();
    throw error;
  }
  return new SqlDatabase(driver, () => scrubEmbedded(driver, join(home, DUMPS)));
}

async function openServer(url: string, ownerUrl: string): Promise<SqlDatabase> {
  const driver = new PostgresDriver({ url, ownerUrl });
  try {
    const all = readMigrations();
    if ((await pendingMigrations(driver, all)).length > 0) {
      await driver.withOwnerLock('plumbline.migrations', async () =>
        applyMigrations(driver, await pendingMigrations(driver, all)),
      );
    }
  } catch (error) {
    await driver.close();
    throw error;
  }
  return new SqlDatabase(driver, () => vacuum(driver));
}

async function vacuum(driver: PostgresDriver): Promise<void> {
  await driver.run('owner', 'vacuum', []);
}
