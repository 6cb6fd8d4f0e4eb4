import type { Clock } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** How long after it was last made a search stays in the log. */
export const LOGGED_MS = 30 * 24 * 3_600_000;
/** Different searches kept of one tenant; those made longest ago go first. */
const MOST_OF_TENANT = 10_000;

const TOO_OLD = 'delete from query_log where last_at < $1';

const TOO_MANY = `
delete from query_log q using (
  select tenant_id, key, row_number() over (partition by tenant_id order by last_at desc, key) as place from query_log
) ranked
 where ranked.place > ${MOST_OF_TENANT} and q.tenant_id = ranked.tenant_id and q.key = ranked.key`;

/**
 * Deletes searches that were last made more than {@link LOGGED_MS} ago, and those beyond what is kept of a tenant; of every
 * tenant.
 * @param isKept false: the log is off, and everything goes
 */
export async function pruneQueryLog(database: Database, clock: Clock, isKept: boolean): Promise<void> {
  await database.withSystem('prune the log of searches', async (tx) => {
    if (!isKept) return void (await tx.query('delete from query_log'));
    await tx.query(TOO_OLD, [new Date(clock() - LOGGED_MS)]);
    await tx.query(TOO_MANY);
  });
}
