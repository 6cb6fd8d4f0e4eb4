import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../base/index.ts';
import type { StoredEvent } from './events.ts';
import { SqlEvents } from './sql-events.ts';
import { describeDatabases, type TestDatabase, testContext } from './testing.ts';

describeDatabases('events', (open) => {
  let test: TestDatabase;
  let events: SqlEvents;
  beforeAll(async () => {
    test = await open();
    events = new SqlEvents(test.database, () => 1_700_000_000_123);
  });
  afterAll(() => test.drop());

  const append = async (context: typeof test.context, ...types: string[]) => {
    const subjectId = newId();
    await test.database.withTenant(context, (tx) =>
      events.append(
        tx,
        context,
        types.map((type, ordinal) => ({ type, subjectId, data: { ordinal } })),
      ),
    );
    events.announce(context.tenantId);
  };

  const take = async (context: typeof test.context, after: number, count: number): Promise<StoredEvent[]> => {
    const taken: StoredEvent[] = [];
    const stop = new AbortController();
    for await (const event of events.follow(context, after, stop.signal)) {
      taken.push(event);
      if (taken.length === count) stop.abort();
    }
    return taken;
  };

  it('reads back in order, after a place, at most so many, the tenant’s own only', async () => {
    const [context, other] = [testContext(), testContext()];
    await append(context, 'document.stored', 'document.indexed');
    await append(other, 'document.stored');
    await append(context, 'document.deleted');
    const all = await events.read(context, 0, 10);
    expect(all.map((event) => event.type)).toEqual(['document.stored', 'document.indexed', 'document.deleted']);
    expect(all[1]).toMatchObject({ data: { ordinal: 1 }, createdAt: 1_700_000_000_123, tenantId: context.tenantId });
    const rest = await events.read(context, all[0]?.seq ?? 0, 1);
    expect(rest.map((event) => event.type)).toEqual(['document.indexed']);
  });

  it('follows what is there and what comes, and ends when told', async () => {
    const context = testContext();
    await append(context, 'document.stored');
    const taking = take(context, 0, 3);
    await append(context, 'document.indexed');
    await append(context, 'document.deleted');
    expect((await taking).map((event) => event.type)).toEqual([
      'document.stored',
      'document.indexed',
      'document.deleted',
    ]);
  });

  it('misses nothing while events come as fast as they are read', async () => {
    const context = testContext();
    const taking = take(context, 0, 450);
    for (let round = 0; round < 45; round++)
      await append(context, ...Array.from({ length: 10 }, () => 'claim.verified'));
    const taken = await taking;
    expect(new Set(taken.map((event) => event.seq)).size).toBe(450);
    expect(taken.map((event) => event.seq)).toEqual(taken.map((event) => event.seq).toSorted((a, b) => a - b));
  });

  it('shows numbers in order although transactions overlap', async () => {
    const context = testContext();
    const taking = take(context, 0, 100);
    await Promise.all(Array.from({ length: 20 }, () => append(context, 'a.b', 'a.b', 'a.b', 'a.b', 'a.b')));
    expect(await taking).toHaveLength(100);
  });
});
