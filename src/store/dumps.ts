import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../base/index.ts';
import type { PgliteDriver } from './driver/pglite-driver.ts';

/** How many dumps are kept. */
const KEPT = 3;

/**
 * Keeps a copy of the embedded database as it was before a migration: a gzip tar of its data directory, named by the
 * instant. Older ones beyond three are removed.
 * @param folder absolute path; made when missing
 */
export async function dumpBeforeMigration(driver: PgliteDriver, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const instant = new Date(systemClock()).toISOString().replaceAll(':', '-');
  await driver.dump(join(folder, `database-${instant}.tar.gz`));
  const dumps = (await readdir(folder)).filter((name) => name.startsWith('database-')).sort();
  for (const old of dumps.slice(0, -KEPT)) await rm(join(folder, old));
}
