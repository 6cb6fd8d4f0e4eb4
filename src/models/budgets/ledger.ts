import type { TenantContext } from '../../base/index.ts';
import type { Database, Transaction } from '../../store/index.ts';
import type { Account, Lease } from './account.ts';
import { type Amounts, each, larger, NOTHING, plus } from './amounts.ts';
import { type Grant, grant, type Standing } from './grant.ts';

/** How long a lease lasts in the ledger without being renewed: what a dead node held is free again after this. */
export const LEASE_MS = 30_000;
/** A node stops spending this long before its lease ends there, so that clocks may differ. */
const CLOCK_MARGIN_MS = 5000;
/** Accounts stay this long after their window, for calls that end late. */
const KEEP_AFTER_WINDOW_MS = 2 * 86_400_000;
/** Accounts of runs, which have no window, stay this long after they were last used. */
const KEEP_ENDLESS_MS = 90 * 86_400_000;

/** What a node wants with an account. */
export interface Errand {
  readonly account: Account;
  /** What the calls that wait want to set aside, all together. */
  readonly waiting: Amounts;
  /** Beside what is needed: give the lease back, since nobody here will use it; keep it; or top it up. */
  readonly lease: 'give-back' | 'keep' | 'top-up';
}

/** One visit to the ledger. */
export interface Visit {
  readonly nodeId: string;
  readonly nowMs: number;
  readonly errands: readonly Errand[];
}

interface Row {
  readonly i: number;
  readonly tokens: number | bigint;
  readonly costNanoUsd: number | bigint;
  readonly calls: number | bigint;
  readonly wallMs: number | bigint;
}

interface LeaseRow extends Row {
  readonly own: boolean;
}

/** An errand as it stood when the visit began. */
interface OpenErrand extends Errand {
  readonly settled: Amounts;
  /** Set aside by calls in flight, and wanted by those that wait. */
  readonly claimed: Amounts;
}

interface Outcome {
  readonly account: Account;
  readonly settled: Amounts;
  readonly lease: Lease;
}

/**
 * Settles what was spent and takes, renews or gives back leases, for several accounts of one tenant in one transaction.
 * Accounts are locked in the order of their keys, so that visits of several nodes never wait for each other in a circle.
 * When it fails nothing has changed, here or there. Visits of one node to one tenant must not overlap.
 */
export async function visitLedger(database: Database, context: TenantContext, visit: Visit): Promise<void> {
  const errands = visit.errands.map((errand): OpenErrand => {
    const { spent, reserved } = errand.account;
    return { ...errand, settled: spent, claimed: plus(errand.waiting, reserved) };
  });
  const asked = JSON.stringify(errands.map((errand, i) => wireOf(errand, i, visit.nowMs)));
  const outcomes = await database.withTenant(context, async (tx) => {
    const totals = byNumber(await tx.query<Row>(SETTLE, [context.tenantId, asked]));
    const leases = await tx.query<LeaseRow>(LEASES, [asked, new Date(visit.nowMs), visit.nodeId]);
    const untilMs = visit.nowMs + LEASE_MS - CLOCK_MARGIN_MS;
    const made = errands.map((errand, i): Outcome => {
      const { account, settled } = errand;
      return { account, settled, lease: { ...decide(errand, standingOf({ totals, leases, i })), untilMs } };
    });
    await writeLeases(tx, context, { visit, outcomes: made });
    return made;
  });
  for (const { account, lease, settled } of outcomes) account.renew(lease, settled, visit.nowMs);
}

/** What the node holds after its visit. */
function decide(errand: OpenErrand, found: Omit<Standing, 'max'>): Grant {
  const { max } = errand.account;
  if (errand.lease === 'give-back') return grant({ ...found, max, own: NOTHING }, NOTHING, false);
  const own = each((dimension) => larger(0n, found.own[dimension] - errand.settled[dimension]));
  const need = each((dimension) => larger(0n, errand.claimed[dimension] - own[dimension]));
  return grant({ ...found, max, own }, need, errand.lease === 'top-up');
}

/** Removes accounts nobody settles any more, and leases of nodes that are gone. */
export async function pruneLedger(database: Database, context: TenantContext, nowMs: number): Promise<void> {
  await database.withTenant(context, async (tx) => {
    await tx.query('delete from budget_accounts where keep_until < $1', [new Date(nowMs)]);
    await tx.query('delete from budget_leases where expires_at < $1', [new Date(nowMs - LEASE_MS)]);
  });
}

/** What the ledger says was spent on an account by calls that have been settled. Amounts of all nodes. */
export async function spentOn(
  database: Database,
  context: TenantContext,
  account: { readonly rule: string; readonly subject: string; readonly windowStartMs: number },
): Promise<Amounts> {
  const rows = await database.withTenant(context, (tx) =>
    tx.query<Omit<Row, 'i'>>(
      `select tokens, cost_nano_usd as "costNanoUsd", calls, wall_ms as "wallMs" from budget_accounts
        where rule = $1 and subject = $2 and window_start = $3`,
      [account.rule, account.subject, new Date(account.windowStartMs)],
    ),
  );
  return rows[0] === undefined ? NOTHING : amountsOf(rows[0]);
}

function wireOf(errand: { readonly account: Account; readonly settled: Amounts }, i: number, nowMs: number): object {
  const { rule, subject, window } = errand.account.key;
  const keepUntilMs = Number.isFinite(window.endMs) ? window.endMs + KEEP_AFTER_WINDOW_MS : nowMs + KEEP_ENDLESS_MS;
  return {
    i,
    rule,
    subject,
    windowStart: new Date(window.startMs),
    keepUntil: new Date(keepUntilMs),
    ...textsOf(errand.settled),
  };
}

/** JSON has no integers beyond 2⁵³: amounts travel as text. */
function textsOf(amounts: Amounts): Record<keyof Amounts, string> {
  const { tokens, costNanoUsd, calls, wallMs } = amounts;
  return { tokens: `${tokens}`, costNanoUsd: `${costNanoUsd}`, calls: `${calls}`, wallMs: `${wallMs}` };
}

function amountsOf(row: Omit<Row, 'i'>): Amounts {
  return each((dimension) => BigInt(row[dimension]));
}

function byNumber(rows: readonly Row[]): Map<number, Amounts> {
  return new Map(rows.map((row) => [row.i, amountsOf(row)]));
}

function standingOf(found: {
  readonly totals: ReadonlyMap<number, Amounts>;
  readonly leases: readonly LeaseRow[];
  readonly i: number;
}): Omit<Standing, 'max'> {
  let [others, own] = [NOTHING, NOTHING];
  for (const row of found.leases) {
    if (row.i !== found.i) continue;
    if (row.own) own = plus(own, amountsOf(row));
    else others = plus(others, amountsOf(row));
  }
  return { settled: found.totals.get(found.i) ?? NOTHING, others, own };
}

async function writeLeases(
  tx: Transaction,
  context: TenantContext,
  made: { readonly visit: Visit; readonly outcomes: readonly Outcome[] },
): Promise<void> {
  const { visit, outcomes } = made;
  const rows = outcomes.map(({ account, lease }) => ({
    rule: account.key.rule,
    subject: account.key.subject,
    windowStart: new Date(account.key.window.startMs),
    ...textsOf(lease.held),
  }));
  await tx.query(WRITE_LEASES, [
    context.tenantId,
    visit.nodeId,
    new Date(visit.nowMs + LEASE_MS),
    JSON.stringify(rows),
  ]);
}

const ACCOUNT_COLUMNS = `i int, rule text, subject text, "windowStart" timestamptz, "keepUntil" timestamptz,
  tokens bigint, "costNanoUsd" bigint, calls bigint, "wallMs" bigint`;

/** Also takes the lock on each account's row that everything else relies on. */
const SETTLE = `
  with asked as (select * from jsonb_to_recordset($2::jsonb) as a(${ACCOUNT_COLUMNS})),
  settled as (
    insert into budget_accounts as b
      (tenant_id, rule, subject, window_start, tokens, cost_nano_usd, calls, wall_ms, keep_until)
    select $1, rule, subject, "windowStart", tokens, "costNanoUsd", calls, "wallMs", "keepUntil"
    from asked order by rule, subject, "windowStart"
    on conflict (tenant_id, rule, subject, window_start) do update set
      tokens = b.tokens + excluded.tokens, cost_nano_usd = b.cost_nano_usd + excluded.cost_nano_usd,
      calls = b.calls + excluded.calls, wall_ms = b.wall_ms + excluded.wall_ms,
      keep_until = greatest(b.keep_until, excluded.keep_until)
    returning rule, subject, window_start, tokens, cost_nano_usd, calls, wall_ms)
  select a.i, s.tokens, s.cost_nano_usd as "costNanoUsd", s.calls, s.wall_ms as "wallMs"
  from settled s join asked a on a.rule = s.rule and a.subject = s.subject and a."windowStart" = s.window_start`;

/** Leases that count, of all nodes. Read in a statement of its own: it must see what others wrote before the lock was had. */
const LEASES = `
  select a.i, l.node_id = $3::uuid as own, sum(l.tokens)::bigint as tokens,
    sum(l.cost_nano_usd)::bigint as "costNanoUsd", sum(l.calls)::bigint as calls, sum(l.wall_ms)::bigint as "wallMs"
  from jsonb_to_recordset($1::jsonb) as a(${ACCOUNT_COLUMNS})
  join budget_leases l on l.rule = a.rule and l.subject = a.subject and l.window_start = a."windowStart"
  where l.expires_at > $2
  group by a.i, l.node_id = $3::uuid`;

const WRITE_LEASES = `
  insert into budget_leases
    (tenant_id, rule, subject, window_start, node_id, tokens, cost_nano_usd, calls, wall_ms, expires_at)
  select $1, rule, subject, "windowStart", $2, tokens, "costNanoUsd", calls, "wallMs", $3
  from jsonb_to_recordset($4::jsonb) as a(rule text, subject text, "windowStart" timestamptz,
    tokens bigint, "costNanoUsd" bigint, calls bigint, "wallMs" bigint)
  on conflict (tenant_id, rule, subject, window_start, node_id) do update set
    tokens = excluded.tokens, cost_nano_usd = excluded.cost_nano_usd, calls = excluded.calls,
    wall_ms = excluded.wall_ms, expires_at = excluded.expires_at`;
