import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openJobs } from './boss-jobs.ts';
import { openDatabase } from './open-database.ts';
import type { SqlDatabase } from './sql-database.ts';
import { openTestDatabase } from './testing.ts';

/** Files under a folder that hold the bytes. */
async function filesWith(folder: string, word: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files) if ((await readFile(file)).includes(word)) found.push(file);
  return found;
}

/** Fills every text, text[] and jsonb column of every table with rows that hold the word. */
async function plant(database: SqlDatabase, tenantId: string, word: string): Promise<string[]> {
  const columns = await database.withSystem('test', (tx) =>
    tx.query<{ table: string; column: string; type: string; fill: boolean }>(`
      select c.table_name as table, column_name as column, udt_name as type,
        is_nullable = 'NO' and column_default is null as fill
      from information_schema.columns c where table_schema = 'public' and table_name <> 'schema_migrations'`),
  );
  const tables = [...new Set(columns.map((column) => column.table))];
  for (const table of tables) {
    const own = columns.filter((column) => column.table === table && (column.fill || isWordy(column.type)));
    const values = own.map(({ column, type }) => valueOf(column, type));
    const sql = `insert into ${table} (${own.map(({ column }) => `"${column}"`).join(', ')})
      select ${values.join(', ')} from generate_series(1, 300) as n on conflict do nothing`;
    await database.withSystem('test', (tx) =>
      tx.query(sql.replaceAll('$1', `'${tenantId}'`).replaceAll('$2', `'${word}'`)),
    );
  }
  return tables;
}

const isWordy = (type: string) => ['text', '_text', 'jsonb'].includes(type);

function valueOf(column: string, type: string): string {
  if (column === 'tenant_id') return '$1::uuid';
  const text = `$2::text || n || repeat('-lorem' || n, 60)`;
  const values: Record<string, string> = {
    uuid: 'gen_random_uuid()',
    _uuid: 'array[gen_random_uuid()]',
    text,
    _text: `array[${text}]`,
    jsonb: `jsonb_build_object('a', ${text})`,
    timestamptz: 'now()',
    _int4: 'array[n]',
    bytea: `decode(md5(n::text), 'hex')`,
  };
  return values[type] ?? 'n';
}

it('leaves none of the deleted words under the home', async () => {
  const test = await openTestDatabase();
  const word = 'xylographworts';
  const kept = 'quagmiresque';
  const jobs = await openJobs(test.database);
  await jobs.declare('erase');
  const tables = await plant(test.database, test.context.tenantId, word);
  await test.database.withTenant(test.context, (tx) => jobs.send(tx, { queue: 'erase', data: { path: word } }));
  await test.database.driver.run('owner', 'analyze', []);
  await test.database.driver.run('owner', 'checkpoint', []);
  expect((await filesWith(test.home, word)).length).toBeGreaterThan(tables.length / 2);

  await test.database.withSystem('test', async (tx) => {
    for (const table of tables) await tx.query(`delete from ${table}`);
    await tx.query(`insert into installation (key, value) values ('kept', $1::jsonb)`, [JSON.stringify(kept)]);
    await tx.query(`update pgboss.job set state = 'completed'`);
  });
  await jobs.stop(0);
  const began = performance.now();
  await test.database.scrub();
  const elapsed = performance.now() - began;

  expect(await filesWith(test.home, word)).toEqual([]);
  expect(elapsed).toBeLessThan(20_000);
  await test.database.close();
  const again = await openDatabase({ home: test.home, databaseUrl: null, databaseOwnerUrl: null });
  expect(await again.withSystem('test', (tx) => tx.query('select value from installation'))).toEqual([{ value: kept }]);
  await again.close();
  expect(await filesWith(test.home, word)).toEqual([]);
  await test.drop();
});
