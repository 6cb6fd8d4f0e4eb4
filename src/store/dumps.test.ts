import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import { openTestDatabase } from './testing.ts';

/** Takes back what the last migration did. A new migration brings its own lines here. */
const UNDO = ['alter table organisations drop column if exists data_class'];

it('dumps an existing database before a migration it has not had, keeps three, and scrubs them away', async () => {
  const test = await openTestDatabase();
  await test.database.close();
  const location = { home: test.home, databaseUrl: null, databaseOwnerUrl: null };
  for (let upgrade = 0; upgrade < 4; upgrade++) {
    const database = await openDatabase(location);
    // The database forgets that it had the last migration, which is then undone.
    await database.withSystem('test', async (tx) => {
      for (const statement of UNDO) await tx.query(statement);
      await tx.query(
        'delete from schema_migrations where created_at = (select max(created_at) from schema_migrations)',
      );
    });
    await database.close();
  }
  const database = await openDatabase(location);
  const dumps = await readdir(join(test.home, 'dumps'));
  expect(dumps).toHaveLength(3);
  expect(dumps.every((name) => name.endsWith('.tar.gz'))).toBe(true);
  await database.scrub();
  expect(await readdir(test.home)).toEqual(['database']);
  await database.close();
});
