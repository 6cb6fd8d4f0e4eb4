import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import { describeDatabases, type TestDatabase } from '../../store/testing.ts';
import type { Log } from '../../telemetry/index.ts';
import type { MadeSearch } from './logged-query.ts';
import { LOGGED_MS, pruneQueryLog } from './prune-query-log.ts';
import { QueryLog } from './query-log.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const COLLECTION = '0198c000-0000-7000-8000-000000000001';

function complain(...said: readonly unknown[]): never {
  throw new Error(JSON.stringify(said));
}

describeDatabases('the log of searches', (open) => {
  let test: TestDatabase;
  /** Nothing goes wrong here, and nothing else is said. */
  const log: Log = { info: complain, warn: complain, error: complain };
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => test.database.withTenant(test.context, (tx) => tx.query('delete from query_log')));
  afterAll(() => test.drop());

  const logOf = (privacy: ConstructorParameters<typeof QueryLog>[0]['privacy'], at = NOW) =>
    new QueryLog({ database: test.database, clock: () => at, log, privacy });
  const OPEN = { dataClass: 'internal', personalData: 'allow' } as const;

  async function document(): Promise<string> {
    const id = newId();
    await test.database.withTenant(test.context, async (tx) => {
      await tx.query(
        `insert into collections (tenant_id, id, name, settings, created_at) values ($1, $2, 'c', '{}', now()) on conflict do nothing`,
        [test.context.tenantId, COLLECTION],
      );
      await tx.query(
        `insert into documents (tenant_id, id, collection_id, external_id, title, media_type, acl, tags, version_id, created_at, updated_at)
         values ($1, $2, $3, $4, 'A title', 'text/plain', '{g:everyone}', '{}', $2, now(), now())`,
        [test.context.tenantId, id, COLLECTION, `${id}.md`],
      );
    });
    return id;
  }

  const searchOf = (question: string, documentIds: readonly string[]): MadeSearch => ({
    collectionId: COLLECTION,
    query: { question, filter: { op: 'all' }, settings: {}, limit: 10 },
    documentIds,
  });

  const rows = () =>
    test.database.withTenant(test.context, (tx) =>
      tx.query<{ question: string; times: number; groups: string[] }>(
        `select query->>'question' as question, times, groups from query_log order by 1, 3`,
      ),
    );

  it('counts equal searches of equal readers together, over several writes', async () => {
    const found = [await document()];
    const queryLog = logOf(OPEN);
    queryLog.note({ ...test.context, groups: ['b', 'a', 'b'] }, searchOf('one', found));
    queryLog.note({ ...test.context, groups: ['a', 'b'] }, searchOf('one', found));
    queryLog.note({ ...test.context, groups: ['a'] }, searchOf('one', found));
    queryLog.note({ ...test.context, tenantId: newId() }, searchOf('of another tenant', found));
    await queryLog.settled();
    queryLog.note({ ...test.context, groups: ['a', 'b'] }, searchOf('one', found));
    queryLog.note(test.context, searchOf('finds nothing', []));
    await queryLog.settled();
    expect(await rows()).toEqual([
      { question: 'one', times: 1, groups: ['a'] },
      { question: 'one', times: 3, groups: ['a', 'b'] },
    ]);
  });

  it('writes no search that found a document which is gone by then', async () => {
    const [kept, gone] = [await document(), await document()];
    const queryLog = logOf(OPEN);
    queryLog.note(test.context, searchOf('about what stays', [kept]));
    queryLog.note(test.context, searchOf('about what goes', [kept, gone]));
    await test.database.withTenant(test.context, (tx) => tx.query('delete from documents where id = $1', [gone]));
    await queryLog.settled();
    expect(await rows()).toMatchObject([{ question: 'about what stays' }]);
  });

  it('keeps no question with personal data that the policy acts on', async () => {
    const found = [await document()];
    const card = 'Was the card 4111 1111 1111 1111 charged twice?';
    const mail = 'Did ada@example.org write?';
    for (const [policy, kept] of [
      [OPEN, 3],
      [{ ...OPEN, personalData: 'pseudonymise' }, 1],
      [{ ...OPEN, byType: { 'payment-card': 'block' } }, 2],
    ] as const) {
      const queryLog = logOf(policy);
      for (const question of [card, mail, 'What is charged twice?'])
        queryLog.note(test.context, searchOf(question, found));
      await queryLog.settled();
      const counted = await test.database.withTenant(test.context, (tx) =>
        tx.query('delete from query_log returning 1'),
      );
      expect(counted).toHaveLength(kept);
    }
  });

  it('deletes what is older than it is kept, and everything once it is off', async () => {
    const found = [await document()];
    const [old, young] = [logOf(OPEN, NOW - LOGGED_MS - 1), logOf(OPEN, NOW - LOGGED_MS + 60_000)];
    old.note(test.context, searchOf('old', found));
    await old.settled();
    young.note(test.context, searchOf('young', found));
    await young.settled();
    await pruneQueryLog(test.database, () => NOW, true);
    expect(await rows()).toMatchObject([{ question: 'young' }]);
    await pruneQueryLog(test.database, () => NOW, false);
    expect(await rows()).toEqual([]);
  });

  it('keeps the latest of very many', async () => {
    await test.database.withTenant(test.context, (tx) =>
      tx.query(
        `insert into query_log (tenant_id, key, collection_id, query, groups, document_ids, first_at, last_at)
         select $1, decode(md5(n::text), 'hex'), $2, jsonb_build_object('question', n), '{}', '{}', $3, $3::timestamptz - n * interval '1 s'
           from generate_series(1, 10005) n`,
        [test.context.tenantId, COLLECTION, new Date(NOW)],
      ),
    );
    await pruneQueryLog(test.database, () => NOW, true);
    const left = await test.database.withTenant(test.context, (tx) =>
      tx.query(`select count(*)::int as count, max((query->>'question')::int) as oldest from query_log`),
    );
    expect(left).toEqual([{ count: 10_000, oldest: 10_000 }]);
  });
});
