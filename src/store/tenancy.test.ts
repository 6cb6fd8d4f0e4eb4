import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../base/index.ts';
import { organisations } from './schema.ts';
import { describeDatabases, type TestDatabase, testContext } from './testing.ts';

describeDatabases('tenancy', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());

  it('forces row-level security and a tenant policy on every table with a tenant_id', async () => {
    const tables = await test.database.withSystem('catalog', (tx) =>
      tx.query<{ name: string; enabled: boolean; forced: boolean; policies: string[] }>(`
        select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
          array(select polname::text from pg_policy where polrelid = c.oid order by 1) as policies
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        where c.relkind in ('r', 'p')`),
    );
    expect(tables.length).toBeGreaterThanOrEqual(11);
    for (const table of tables) {
      expect(table).toEqual({ name: table.name, enabled: true, forced: true, policies: ['own_rows', 'system_rows'] });
    }
  });

  it('shows a tenant its own rows only', async () => {
    const other = testContext();
    const mine = await test.database.withTenant(test.context, (tx) => tx.orm.select().from(organisations));
    const theirs = await test.database.withTenant(other, (tx) => tx.orm.select().from(organisations));
    expect(mine.map((row) => row.tenantId)).toEqual([test.context.tenantId]);
    expect(theirs).toEqual([]);
  });

  it('reads a tenant’s own rows only in one round trip too, and goes on after a statement that fails', async () => {
    const read = (context: typeof test.context, sql: string, parameters?: unknown[]) =>
      test.database.readTenant<{ tenantId: string }>(context, sql, parameters);
    const all = 'select tenant_id as "tenantId" from organisations where name <> $1';
    expect(await read(test.context, all, ['x'])).toEqual([{ tenantId: test.context.tenantId }]);
    expect(await read(testContext(), all, ['x'])).toEqual([]);
    await expect(read(test.context, 'select 1 / $1::int', [0])).rejects.toMatchObject({
      details: { sqlState: '22012' },
    });
    expect(await read(test.context, 'select count(*)::int as count from organisations')).toEqual([{ count: 1 }]);
    await expect(read(testContext('no tenant'), all, ['x'])).rejects.toMatchObject({ code: 'tenant.invalid' });
    const nested = test.database.withTenant(test.context, () => read(test.context, all, ['x']));
    await expect(nested).rejects.toMatchObject({ code: 'transaction.nested' });
    const [both, others] = await Promise.all([
      test.database.withTenant(test.context, async (tx) => {
        const before = await tx.query('select current_setting($1) as tenant', ['app.tenant_id']);
        return [before, await tx.query('select current_setting($1) as tenant', ['app.tenant_id'])];
      }),
      read(testContext(), all, ['x']),
    ]);
    expect(both).toEqual([[{ tenant: test.context.tenantId }], [{ tenant: test.context.tenantId }]]);
    expect(others).toEqual([]);
  });

  it('writes a tenant’s own rows only with a kept plan, and plans anew what failed', async () => {
    const add = `insert into answer_events (tenant_id, answer_id, seq, type, data)
      select $1::uuid, $2::uuid, 1 / $3::int, 'test', '{}' returning tenant_id as "tenantId"`;
    const answerId = newId();
    const write = (context: typeof test.context, tenantId: string, seq: number) =>
      test.database.writeTenant(context, add, [tenantId, answerId, seq]);
    const others = testContext();
    await expect(write(test.context, test.context.tenantId, 0)).rejects.toMatchObject({
      details: { sqlState: '22012' },
    });
    for (const { tenantId, ...context } of [test.context, others])
      expect(await write({ ...context, tenantId }, tenantId, 1)).toEqual([{ tenantId }]);
    await expect(write(test.context, others.tenantId, 1)).rejects.toMatchObject({ details: { sqlState: '42501' } });
    await expect(write(test.context, others.tenantId, 0)).rejects.toMatchObject({ details: { sqlState: '22012' } });
    const kept = 'select tenant_id as "tenantId" from answer_events where answer_id = $1';
    expect(await test.database.readTenant(others, kept, [answerId])).toEqual([{ tenantId: others.tenantId }]);
    const remove = 'delete from answer_events where answer_id = $1';
    expect(await test.database.writeTenant(others, remove, [answerId])).toEqual([]);
    expect(await test.database.readTenant(others, kept, [answerId])).toEqual([]);
    const wrong = test.database.writeTenant(test.context, 'insert into nowhere select $1', [1]);
    await expect(wrong).rejects.toMatchObject({ details: { sqlState: '42P01' } });
  });

  it('keeps a plan however often it is used, also through transactions that failed', async () => {
    const kept = 'select $1::int as answer';
    const ask = (given: number, before: string): Promise<unknown> =>
      test.database.withTenant(test.context, async (tx) => {
        await tx.query(before).catch(() => undefined);
        return await tx.query(kept, [given], { keepPlan: true });
      });
    for (let given = 0; given < 40; given++) {
      for (const failing of ['select 1 / 0', 'select nothing'])
        await expect(ask(given, failing)).rejects.toMatchObject({ details: { sqlState: '25P02' } });
      expect(await ask(given, 'select 1')).toEqual([{ answer: given }]);
    }
  });

  it('refuses a row of another tenant', async () => {
    const insert = test.database.withTenant(test.context, (tx) =>
      tx.orm.insert(organisations).values({ tenantId: newId(), name: 'Foreign', createdAt: new Date() }),
    );
    await expect(insert).rejects.toMatchObject({ code: 'database.refused', details: { sqlState: '42501' } });
  });

  it('does not let the application role open the owner’s policy', async () => {
    const rows = await test.database.withTenant(testContext(), async (tx) => {
      await tx.query(`select set_config('app.system', 'on', true)`);
      return tx.query('select * from organisations');
    });
    expect(rows).toEqual([]);
  });

  it('refuses a tenant id that is not a UUID', async () => {
    const run = test.database.withTenant(testContext("x'; drop table documents; --"), (tx) => tx.query('select 1'));
    await expect(run).rejects.toMatchObject({ code: 'tenant.invalid' });
  });

  it('rolls back on failure and refuses a nested transaction', async () => {
    const tenant = newId();
    const work = test.database.withSystem('test', async (tx) => {
      await tx.orm.insert(organisations).values({ tenantId: tenant, name: 'Lost', createdAt: new Date() });
      await test.database.withSystem('nested', () => Promise.resolve());
    });
    await expect(work).rejects.toMatchObject({ code: 'transaction.nested' });
    const found = await test.database.withTenant(testContext(tenant), (tx) => tx.query('select * from organisations'));
    expect(found).toEqual([]);
  });

  it('does not pretend to commit after a swallowed failure', async () => {
    const work = test.database.withSystem('test', async (tx) => {
      await tx.query('select 1/0').catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'transaction.failed' });
  });
});
