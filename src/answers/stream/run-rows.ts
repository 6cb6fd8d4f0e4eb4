import type { TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { AnswerEvent, NumberedEvent } from './answer-event.ts';

/** What was asked, as it is kept with a run: enough to answer it again. */
export interface RunRequest {
  readonly principalId: string;
  readonly collectionId: string;
  readonly text: string;
  /** Milliseconds since 1970 UTC. */
  readonly asOf: number;
  readonly filter: unknown;
  readonly earlier?: readonly string[];
  /** `Between`; absent: nothing is compared. */
  readonly between?: unknown;
  /** `GenerationOptions`; absent: the defaults. */
  readonly generation?: unknown;
}

/** A run as it stands. */
export interface RunRow {
  readonly id: string;
  readonly state: 'running' | 'completed' | 'failed' | 'stopped';
  readonly request: RunRequest;
  readonly documentIds: readonly string[];
  /** Its node has not renewed its lease: another may take over. */
  readonly expired: boolean;
}

/** Events of one run on their way to the database. */
export interface Pending {
  readonly answerId: string;
  readonly events: readonly NumberedEvent[];
}

/** A run to begin. */
export interface NewRun {
  readonly id: string;
  readonly request: RunRequest;
}

const APPEND = `
insert into answer_events (tenant_id, answer_id, seq, type, data)
select $1, e."answerId", e.seq, e.type, e.data
  from jsonb_to_recordset($2::jsonb) as e("answerId" uuid, seq int, type text, data jsonb)`;

/** Holds the runs that are still this node's until the transaction ends: nobody takes over in the middle of a write. */
const APPEND_OWNED = `
with owned as materialized (
  select id from answer_runs where id = any($3::uuid[]) and owner = $4 and state = 'running' for share
), appended as (${APPEND} join owned on owned.id = e."answerId")
select id from owned`;

/** Begins runs and appends their first events, beside events of runs that were begun before, in one statement. */
const BEGIN = `
with created as (
  insert into answer_runs (tenant_id, id, collection_id, request, state, owner, lease_until, document_ids, created_at)
  select $1, r.id, (r.request->>'collectionId')::uuid, r.request, 'running', $4::uuid,
         clock_timestamp() + $6 * interval '1 ms', '{}', $7::timestamptz
    from jsonb_to_recordset($5::jsonb) as r(id uuid, request jsonb)
  returning id
), owned as materialized (
  select id from answer_runs where id = any($3::uuid[]) and owner = $4::uuid and state = 'running' for share
), mine as (select id from created union all select id from owned
), appended as (${APPEND} join mine on mine.id = e."answerId")
select id from mine`;

/** Runs to begin, on which node, and when (milliseconds since 1970 UTC). */
export interface Beginning {
  readonly runs: readonly NewRun[];
  readonly leaseMs: number;
  readonly at: number;
}

/** Runs one statement for the tenant: in a transaction, or as one. */
export type RunStatement = (sql: string, parameters: readonly unknown[]) => Promise<{ readonly id: string }[]>;

/**
 * Appends events of runs that `node` still owns, or that begin with them.
 * @returns ids of the runs whose events were kept; the others have another owner, were ended, or were erased
 */
export async function appendEvents(
  run: RunStatement,
  context: TenantContext,
  given: { readonly pending: readonly Pending[]; readonly node: string; readonly beginning: Beginning },
): Promise<Set<string>> {
  const { runs, leaseMs, at } = given.beginning;
  const ids = given.pending.map((each) => each.answerId);
  const rows = given.pending.flatMap(({ answerId, events }) => events.map((event) => ({ answerId, ...event })));
  const parameters = [context.tenantId, JSON.stringify(rows), ids, given.node];
  const kept =
    runs.length === 0
      ? run(APPEND_OWNED, parameters)
      : run(BEGIN, [...parameters, JSON.stringify(runs), leaseMs, new Date(at)]);
  return new Set((await kept).map((row) => row.id));
}

/**
 * Documents whose words a run is about to show: deleting one of them deletes what was streamed.
 * @returns false when one of them is gone already, or the run is
 */
export async function registerDocuments(
  tx: Transaction,
  given: { readonly answerId: string; readonly documentIds: readonly string[] },
): Promise<boolean> {
  const held = await tx.query('select id from documents where id = any($1::uuid[]) for key share', [given.documentIds]);
  if (held.length < given.documentIds.length) return false;
  const kept = await tx.query('update answer_runs set document_ids = $2::uuid[] where id = $1 returning id', [
    given.answerId,
    given.documentIds,
  ]);
  return kept.length > 0;
}

/** Ends a run; with the documents its answer shows, where it has one. */
export async function endRun(
  tx: Transaction,
  given: {
    readonly answerId: string;
    readonly state: 'completed' | 'failed' | 'stopped';
    readonly documentIds?: readonly string[];
  },
): Promise<void> {
  const end = 'update answer_runs set state = $2, document_ids = coalesce($3::uuid[], document_ids) where id = $1';
  await tx.query(end, [given.answerId, given.state, given.documentIds ?? null], { keepPlan: true });
}

const RENEW = `
update answer_runs set lease_until = clock_timestamp() + $3 * interval '1 ms'
 where id = any($1::uuid[]) and owner = $2 and state = 'running' returning id, stop_requested as "stopRequested"`;

/** Renews leases. @returns the runs that are still this node's, and whether somebody asked to stop them */
export async function renewLeases(
  database: Database,
  context: TenantContext,
  given: { readonly ids: readonly string[]; readonly node: string; readonly leaseMs: number },
): Promise<Map<string, boolean>> {
  const rows = await database.withTenant(context, (tx) =>
    tx.query<{ id: string; stopRequested: boolean }>(RENEW, [given.ids, given.node, given.leaseMs]),
  );
  return new Map(rows.map((row) => [row.id, row.stopRequested]));
}

/** Lets other nodes take over at once. */
export async function releaseRuns(
  database: Database,
  context: TenantContext,
  given: { readonly ids: readonly string[]; readonly node: string },
): Promise<void> {
  const release = `update answer_runs set lease_until = clock_timestamp() where id = any($1::uuid[]) and owner = $2`;
  await database.withTenant(context, (tx) => tx.query(release, [given.ids, given.node]));
}

/** Asks whoever answers to stop. @returns whether there is such a run */
export async function requestStop(database: Database, context: TenantContext, id: string): Promise<boolean> {
  const rows = await database.withTenant(context, (tx) =>
    tx.query(`update answer_runs set stop_requested = true where id = $1 returning id`, [id]),
  );
  return rows.length > 0;
}

const READ_RUN = `
select id, state, request, document_ids as "documentIds",
       (state = 'running' and lease_until < clock_timestamp()) as expired
  from answer_runs where id = $1`;

/** A run and its events after `after`, oldest first; null: there is none. */
export async function readRun(
  database: Database,
  context: TenantContext,
  given: { readonly id: string; readonly after: number },
): Promise<{ readonly run: RunRow; readonly events: readonly NumberedEvent[] } | null> {
  return await database.withTenant(context, async (tx) => {
    const [run] = await tx.query<RunRow & { id: string }>(READ_RUN, [given.id]);
    if (run === undefined) return null;
    const events = await tx.query<AnswerEvent & { seq: number }>(
      'select seq, type, data from answer_events where answer_id = $1 and seq > $2 order by seq',
      [given.id, given.after],
    );
    return { run, events };
  });
}

/** Whether one of a run's documents may not be read by this principal. */
export async function hidesDocument(
  database: Database,
  context: TenantContext,
  documentIds: readonly string[],
): Promise<boolean> {
  const rows = await database.withTenant(context, (tx) =>
    tx.query('select 1 from documents where id = any($1::uuid[]) and not (acl && $2::text[]) limit 1', [
      documentIds,
      context.groups,
    ]),
  );
  return rows.length > 0;
}

const TAKE = `
update answer_runs
   set owner = $2, attempt = attempt + 1, document_ids = '{}', lease_until = clock_timestamp() + $3 * interval '1 ms'
 where id = $1 and state = 'running' and owner <> $2 and lease_until < clock_timestamp()
 returning id`;

/**
 * Makes `node` the owner of a run whose owner is gone, and says so in its events.
 * @returns the number of the event that says so; null: somebody else was quicker
 */
export async function takeOver(
  database: Database,
  context: TenantContext,
  given: { readonly id: string; readonly node: string; readonly leaseMs: number },
): Promise<number | null> {
  return await database.withTenant(context, async (tx) => {
    const taken = await tx.query(TAKE, [given.id, given.node, given.leaseMs]);
    if (taken.length === 0) return null;
    // A statement of its own: it sees what the former owner committed while the update waited for it.
    const [last] = await tx.query<{ seq: number }>(
      'select coalesce(max(seq), 0)::int as seq from answer_events where answer_id = $1',
      [given.id],
    );
    const seq = (last?.seq ?? 0) + 1;
    const event = { seq, type: 'answer.restarted', data: { reason: 'Another node took over.' } } as const;
    const row = { answerId: given.id, ...event };
    await tx.query(APPEND, [context.tenantId, JSON.stringify([row])]);
    return seq;
  });
}
