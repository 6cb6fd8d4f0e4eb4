import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../store/index.ts';
import { describeDatabases, type TestDatabase, testContext } from '../../store/testing.ts';
import { TenantClasses } from './tenant-classes.ts';

describeDatabases('what organisations declare', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.drop());

  async function organisation() {
    const context = testContext();
    await test.database.withSystem('test', (tx) =>
      tx.query('insert into organisations (tenant_id, name, created_at) values ($1, $2, now())', [
        context.tenantId,
        'One',
      ]),
    );
    return context;
  }

  it('counts in every process once it is declared, though another has read what was declared before', async () => {
    const [here, there] = [new TenantClasses(test.database), new TenantClasses(test.database)];
    const context = await organisation();
    expect(await there.of(context)).toBe(null);
    await here.declare(context, 'private');
    expect([await here.of(context), await there.of(context)]).toEqual(['private', 'private']);
    await here.declare(context, null);
    expect(await here.of(context)).toBe(null);
  });

  it('is one organisation’s own affair', async () => {
    const classes = new TenantClasses(test.database);
    const [one, other] = [await organisation(), await organisation()];
    await classes.declare(one, 'private');
    expect([await classes.of(one), await classes.of(other)]).toEqual(['private', null]);
  });

  it('is not declared where what belongs to it cannot be written', async () => {
    const classes = new TenantClasses(test.database);
    const context = await organisation();
    const full = () => Promise.reject(new Error('disk full'));
    await expect(classes.declare(context, 'private', full)).rejects.toThrow('disk full');
    expect(await new TenantClasses(test.database).of(context)).toBe(null);
  });

  it('is not guessed while it cannot be read, and read again afterwards', async () => {
    const context = await organisation();
    let broken = true;
    const database = Object.create(test.database, {
      readTenant: {
        value: async (...given: Parameters<Database['readTenant']>) => {
          if (broken) throw new Error('no connection');
          return await test.database.readTenant(...given);
        },
      },
    }) as Database;
    const classes = new TenantClasses(database);
    await expect(classes.of(context)).rejects.toThrow('no connection');
    broken = false;
    expect(await classes.of(context)).toBe(null);
  });
});
