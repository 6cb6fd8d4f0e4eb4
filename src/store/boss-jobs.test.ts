import { afterAll, beforeAll, expect, it } from 'vitest';
import { PlumblineError } from '../base/index.ts';
import { type BossJobs, openJobs } from './boss-jobs.ts';
import { describeDatabases, type TestDatabase } from './testing.ts';

interface Numbered {
  readonly number: number;
}

describeDatabases('jobs', (open) => {
  let test: TestDatabase;
  let jobs: BossJobs;
  const failures: string[] = [];
  beforeAll(async () => {
    test = await open();
    jobs = await openJobs(test.database, ({ queue, error }) => failures.push(`${queue} ${error.code}`));
  });
  afterAll(async () => {
    await jobs.stop(1000);
    await test.drop();
  });

  const send = (queue: string, number: number, options = {}) =>
    test.database.withTenant(test.context, (tx) => jobs.send(tx, { queue, data: { number }, ...options }));
  const rows = (queue: string) =>
    test.database.withSystem('test', (tx) =>
      tx.query<{ state: string; output: unknown }>('select state::text, output from pgboss.job where name = $1', [
        queue,
      ]),
    );

  /** Works a queue until so many jobs were handled. */
  const handled = (queue: string, count: number, concurrency = 1) =>
    new Promise<number[]>((resolve, reject) => {
      const numbers: number[] = [];
      jobs
        .work<Numbered>(queue, { concurrency }, ({ number }) => {
          if (numbers.push(number) === count) resolve(numbers);
          return Promise.resolve();
        })
        .catch(reject);
    });

  it('handles what was committed, once', async () => {
    await jobs.declare('plain');
    for (let number = 0; number < 30; number++) await send('plain', number);
    expect(await handled('plain', 30)).toEqual(Array.from({ length: 30 }, (_, number) => number));
  });

  it('refuses a queue nobody declared, at once', async () => {
    await expect(send('unheard-of', 1)).rejects.toMatchObject({ code: 'queue.undeclared' });
  });

  it('knows nothing of a job whose transaction failed', async () => {
    await jobs.declare('outbox');
    const failing = test.database.withTenant(test.context, async (tx) => {
      await jobs.send(tx, { queue: 'outbox', data: { number: 1 } });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await rows('outbox')).toEqual([]);
  });

  it('keeps one waiting job per key', async () => {
    await jobs.declare('keyed');
    await send('keyed', 1, { singletonKey: 'a' });
    await send('keyed', 2, { singletonKey: 'a' });
    await send('keyed', 3, { singletonKey: 'b' });
    expect(await rows('keyed')).toHaveLength(2);
  });

  it('wakes at once', async () => {
    await jobs.declare('woken');
    const handling = handled('woken', 1);
    await send('woken', 7);
    jobs.wake('woken');
    expect(await handling).toEqual([7]);
  });

  it('runs several at the same time when asked', async () => {
    await jobs.declare('parallel');
    let running = 0;
    let most = 0;
    for (let number = 0; number < 6; number++) await send('parallel', number);
    await new Promise<void>((resolve, reject) => {
      let done = 0;
      const { promise: together, resolve: meet } = Promise.withResolvers<void>();
      jobs
        .work('parallel', { concurrency: 3 }, async () => {
          most = Math.max(most, ++running);
          if (running === 3) meet();
          await together;
          running--;
          if (++done === 6) resolve();
        })
        .catch(reject);
    });
    expect(most).toBe(3);
  });

  it('retries what failed, keeping nothing of the failure but its code', async () => {
    await jobs.declare('failing');
    await send('failing', 1);
    let attempts = 0;
    await new Promise<void>((resolve, reject) => {
      jobs
        .work('failing', {}, () => {
          attempts++;
          if (attempts === 2) resolve();
          else setTimeout(() => jobs.wake('failing'), 2100);
          const error = { code: 'model.busy', kind: 'retry', message: 'secret words' } as const;
          return attempts === 2 ? Promise.resolve() : Promise.reject(new PlumblineError(error));
        })
        .catch(reject);
    });
    expect(attempts).toBe(2);
    expect(failures).toContain('failing model.busy');
    expect(JSON.stringify(await rows('failing'))).not.toContain('secret');
  });

  it('moves a job that keeps failing to the dead letters', async () => {
    await jobs.declare('hopeless');
    await send('hopeless', 1);
    await test.database.withSystem('test', (tx) =>
      tx.query(`update pgboss.job set retry_limit = 0 where name = 'hopeless'`),
    );
    await new Promise<void>((resolve, reject) => {
      jobs
        .work('hopeless', {}, () => {
          resolve();
          return Promise.reject(new Error('always'));
        })
        .catch(reject);
    });
    await expect.poll(() => rows('hopeless.dead')).toMatchObject([{ state: 'created' }]);
  });

  it('gives a job back that the process died with', async () => {
    await jobs.declare('orphaned');
    await send('orphaned', 9);
    await test.database.withSystem('test', (tx) =>
      tx.query(`update pgboss.job set state = 'active', started_on = now() where name = 'orphaned'`),
    );
    if (test.database.kind === 'postgres') return; // there the missing heartbeat tells
    const next = await openJobs(test.database);
    expect(await rows('orphaned')).toMatchObject([{ state: 'retry' }]);
    await next.stop(0);
  });

  it('stops: lets what is in hand finish, then aborts it', async () => {
    const own = await openJobs(test.database);
    await own.declare('slow');
    await test.database.withTenant(test.context, (tx) => own.send(tx, { queue: 'slow', data: {} }));
    const { promise: began, resolve: begin } = Promise.withResolvers<void>();
    let aborted = false;
    await own.work('slow', {}, async (_data, signal) => {
      begin();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      aborted = true;
    });
    await began;
    await own.stop(50);
    expect(aborted).toBe(true);
  });
});
