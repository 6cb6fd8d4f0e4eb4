import type { Clock } from '../../base/index.ts';
import type { Database } from '../../store/index.ts';

/** How long the events of an ended answer can be read again. The answer itself stays. */
export const KEPT_MS = 24 * 3_600_000;

/** An answer whose node is gone and that nobody came back for is failed after this long. */
const ABANDONED_MS = 10 * 60_000;

/** Runs per transaction: on the embedded database others wait meanwhile. */
const BATCH = 200;

const FAIL_ABANDONED = `
with ended as (
  update answer_runs set state = 'failed'
   where state = 'running' and lease_until < clock_timestamp() - $1 * interval '1 ms' returning tenant_id, id
)
insert into answer_events (tenant_id, answer_id, seq, type, data)
select r.tenant_id, r.id,
       (select coalesce(max(e.seq), 0) + 1 from answer_events e where e.tenant_id = r.tenant_id and e.answer_id = r.id),
       'answer.failed', $2::jsonb
  from ended r`;

const FAILED = {
  code: 'answer.abandoned',
  kind: 'caller',
  detail: 'Nobody came back for the answer after its node was gone. Ask again.',
};

const PRUNE = `
with old as (
  select tenant_id, id from answer_runs where state <> 'running' and created_at < $1 limit ${BATCH} for update skip locked
), gone as (
  delete from answer_runs r using old where r.tenant_id = old.tenant_id and r.id = old.id returning r.tenant_id, r.id
), events as (
  delete from answer_events e using gone where e.tenant_id = gone.tenant_id and e.answer_id = gone.id
)
select count(*)::int as runs from gone`;

/**
 * Fails runs that were abandoned, and deletes events and runs of answers that ended more than {@link KEPT_MS} ago, of
 * every tenant. Several nodes may do it at once.
 * @returns how many runs were deleted
 */
export async function pruneStreams(database: Database, clock: Clock): Promise<number> {
  await database.withSystem('fail abandoned answers', (tx) =>
    tx.query(FAIL_ABANDONED, [ABANDONED_MS, JSON.stringify(FAILED)]),
  );
  for (let pruned = 0; ; ) {
    const before = new Date(clock() - KEPT_MS);
    const [row] = await database.withSystem('prune events of answers', (tx) =>
      tx.query<{ runs: number }>(PRUNE, [before]),
    );
    pruned += row?.runs ?? 0;
    if ((row?.runs ?? 0) < BATCH) return pruned;
  }
}
