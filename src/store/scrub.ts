import { rm } from 'node:fs/promises';
import type { PgliteDriver } from './driver/pglite-driver.ts';
import { tellPlanner } from './planner-facts.ts';

/** Rows that are only history: finished jobs. */
const FORGET_JOBS = `
  do $$ begin
    if to_regclass('pgboss.job') is not null then
      delete from pgboss.job where state in ('completed', 'cancelled');
    end if;
  end $$`;

/** Samples of column values that the planner keeps. */
const FORGET_STATISTICS = 'delete from pg_statistic';

/**
 * Rewrites the embedded database so that no deleted row's words remain in its directory: every table without its dead
 * rows (VACUUM FULL), no planner samples, and a log that begins after all this. Two rounds of switch and checkpoint:
 * the first makes the old log segments unneeded, the second removes them (`wal_recycle` is off). Dumps taken before
 * migrations hold old rows and go too. Others wait meanwhile.
 * @param dumps absolute path of the folder of dumps
 */
export async function scrubEmbedded(driver: PgliteDriver, dumps: string): Promise<void> {
  await driver.run('owner', FORGET_JOBS);
  await driver.run('owner', FORGET_STATISTICS);
  await driver.run('owner', 'vacuum full', []);
  await tellPlanner(driver);
  for (let round = 0; round < 2; round++) {
    await driver.run('owner', 'select pg_switch_wal()', []);
    await driver.run('owner', 'checkpoint', []);
  }
  await rm(dumps, { recursive: true, force: true });
}
