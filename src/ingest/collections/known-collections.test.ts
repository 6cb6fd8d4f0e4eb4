import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import { openTestDatabase, type TestDatabase, testContext } from '../../store/testing.ts';
import { findCollection, setRetrieval } from './collections.ts';
import { forgetCollections, rememberedCollection } from './known-collections.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.drop());

const add = (name: string) =>
  test.database.withTenant(test.context, (tx) =>
    tx.query(`insert into collections (tenant_id, id, name, settings, created_at) values ($1, $2, $3, '{}', now())`, [
      test.context.tenantId,
      newId(),
      name,
    ]),
  );

it('is as it was set last, by name and by id, and nobody else’s', async () => {
  await expect(findCollection(test.database, test.context, 'laws')).rejects.toMatchObject({
    code: 'collection.not-found',
  });
  await add('laws');
  const { id } = await findCollection(test.database, test.context, 'laws');
  for (const preset of ['fast', 'best', 'balanced'] as const) {
    await setRetrieval(test.database, test.context, { collection: 'laws', retrieval: { preset } });
    for (const key of ['laws', id, 'laws'])
      expect((await findCollection(test.database, test.context, key)).settings.retrieval).toEqual({ preset });
  }
  await expect(findCollection(test.database, testContext(), id)).rejects.toMatchObject({
    code: 'collection.not-found',
  });
});

it('does not remember what a write may have changed while it was read', async () => {
  const [read, written] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const find = (answer: Promise<string>) =>
    rememberedCollection(test.database, test.context, { key: 'k', read: () => answer });
  const early = find(read.promise);
  forgetCollections(test.database);
  read.resolve('before');
  expect(await early).toBe('before');
  const late = find(written.promise);
  written.resolve('after');
  expect(await late).toBe('after');
  expect(await find(Promise.resolve('not asked'))).toBe('after');
});
