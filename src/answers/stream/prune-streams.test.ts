import { afterEach, expect, it } from 'vitest';
import { newId, systemClock } from '../../base/index.ts';
import { describeDatabases, type TestDatabase } from '../../store/testing.ts';
import { KEPT_MS, pruneStreams } from './prune-streams.ts';

describeDatabases('pruning streams', (open) => {
  let test: TestDatabase;
  afterEach(() => test.drop());

  /** A run with one event. */
  async function run(state: 'running' | 'completed', of: { readonly ageMs: number; readonly leaseAgoMs: number }) {
    const id = newId();
    await test.database.withTenant(test.context, async (tx) => {
      await tx.query(
        `insert into answer_runs (tenant_id, id, collection_id, request, state, owner, lease_until, document_ids, created_at)
         values ($1, $2, $2, '{}', $3, $2, clock_timestamp() - $4 * interval '1 ms', '{}', $5)`,
        [test.context.tenantId, id, state, of.leaseAgoMs, new Date(systemClock() - of.ageMs)],
      );
      await tx.query(
        `insert into answer_events (tenant_id, answer_id, seq, type, data) values ($1, $2, 1, 'x.y', '{}')`,
        [test.context.tenantId, id],
      );
    });
    return id;
  }

  const left = () =>
    test.database.withTenant(test.context, (tx) =>
      tx.query<{ id: string; state: string; types: string[] }>(
        `select r.id, r.state, array_agg(e.type order by e.seq) as types
           from answer_runs r join answer_events e on e.answer_id = r.id group by r.id, r.state order by r.id`,
      ),
    );

  it('deletes ended ones of more than a day ago with their events, fails abandoned ones, leaves the rest', async () => {
    test = await open();
    await run('completed', { ageMs: KEPT_MS + 60_000, leaseAgoMs: KEPT_MS });
    const young = await run('completed', { ageMs: KEPT_MS - 60_000, leaseAgoMs: KEPT_MS });
    const alive = await run('running', { ageMs: KEPT_MS + 60_000, leaseAgoMs: -1000 });
    const abandoned = await run('running', { ageMs: 11 * 60_000, leaseAgoMs: 11 * 60_000 });
    expect(await pruneStreams(test.database, systemClock)).toBe(1);
    expect(await left()).toEqual([
      { id: young, state: 'completed', types: ['x.y'] },
      { id: alive, state: 'running', types: ['x.y'] },
      { id: abandoned, state: 'failed', types: ['x.y', 'answer.failed'] },
    ]);
    const [orphans] = await test.database.withTenant(test.context, (tx) =>
      tx.query('select count(*)::int as events from answer_events'),
    );
    expect(orphans).toEqual({ events: 4 });
  });

  it('deletes any number of them', async () => {
    test = await open();
    await test.database.withTenant(test.context, (tx) =>
      tx.query(
        `insert into answer_runs (tenant_id, id, collection_id, request, state, owner, lease_until, document_ids, created_at)
         select $1, gen_random_uuid(), $1, '{}', 'stopped', $1, $2, '{}', $2 from generate_series(1, 205)`,
        [test.context.tenantId, new Date(systemClock() - KEPT_MS - 1000)],
      ),
    );
    expect(await pruneStreams(test.database, systemClock)).toBe(205);
    expect(await left()).toEqual([]);
  });
});
