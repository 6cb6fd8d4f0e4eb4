import { afterEach, expect, it } from 'vitest';
import { type Clock, newId, systemClock, type TenantContext } from '../../base/index.ts';
import { silentLog } from '../../telemetry/index.ts';
import { describeDatabases, type TestDatabase } from '../../store/testing.ts';
import type { Answer } from '../answer.ts';
import { AnswerNotFound } from '../stored-answers.ts';
import type { NumberedEvent } from './answer-event.ts';
import { AnswerStreams, type Making, type StreamTimes } from './answer-streams.ts';
import { Turns } from './turns.ts';

/** An answer whose events were pruned. */
const KEPT = newId();

const clock: Clock = systemClock;
const soon = (): AbortSignal => AbortSignal.timeout(30_000);

type Make = (making: Making) => Promise<void>;

describeDatabases('AnswerStreams', (open) => {
  let test: TestDatabase;
  const nodes: AnswerStreams[] = [];

  afterEach(async () => {
    for (const each of nodes.splice(0)) await each.close();
    await test.drop();
  });

  function node(make: Make, times: Partial<StreamTimes> = {}): AnswerStreams {
    const streams = new AnswerStreams(
      {
        database: test.database,
        clock,
        newId,
        log: silentLog,
        turns: new Turns(4),
        make: async (_, { request: { text } }, making) => {
          await make(making);
          return { id: making.id, question: text } as Answer;
        },
        store: () => Promise.resolve([]),
        find: (_, id) => (id === KEPT ? Promise.resolve({ id } as Answer) : Promise.reject(new AnswerNotFound(id))),
      },
      { leaseMs: 400, pollMs: 10, ...times },
    );
    nodes.push(streams);
    return streams;
  }

  const begin = (streams: AnswerStreams): string =>
    streams.begin(test.context, {
      request: { principalId: 'local', collectionId: newId(), text: 'why?', asOf: 0, filter: {} },
      collection: null,
    });

  async function read(streams: AnswerStreams, from: { id: string; after: number }, until = Infinity) {
    const events: NumberedEvent[] = [];
    for await (const event of streams.follow(test.context, { ...from, signal: soon() })) {
      events.push(event);
      if (event.seq >= until) break;
    }
    return events;
  }

  const says = (text: string) => ({ type: 'text.added', data: { text } }) as const;
  const never = (making: Making): Promise<void> =>
    new Promise((_, reject) => {
      making.signal.addEventListener('abort', () => reject(new Error('aborted')));
    });

  it('numbers events from 1 without gaps, and gives the rest of them to a reader on another node', async () => {
    test = await open();
    const first = node(({ emit }) => Promise.resolve(['a', 'b', 'c'].forEach((text) => emit(says(text)))));
    const id = begin(first);
    const all = await read(first, { id, after: 0 });
    expect(all.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'stage.completed'],
      [2, 'text.added'],
      [3, 'text.added'],
      [4, 'text.added'],
      [5, 'answer.completed'],
    ]);
    expect(await read(node(never), { id, after: 2 })).toEqual(all.slice(2));
  });

  it('shows no words before their documents are on record, nor words that were forgotten', async () => {
    test = await open();
    const told = Promise.withResolvers<void>();
    const hasty = node(async ({ emit }) => {
      emit({ type: 'stage.completed', data: { stage: 'early', ms: 1 } });
      emit(says('too early'));
      emit({ type: 'stage.completed', data: { stage: 'late', ms: 1 } });
      await told.promise;
      throw new Error('no answer');
    });
    const id = begin(hasty);
    // What was said just before the words has been shown: they would have been, too.
    const before = await read(hasty, { id, after: 0 }, 2);
    told.resolve();
    const events = [...before, ...(await read(hasty, { id, after: 2 }))];
    expect(events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'stage.completed'],
      [2, 'stage.completed'],
      [3, 'answer.failed'],
    ]);
    expect(JSON.stringify(events)).not.toContain('late');
  });

  it('is answered anew by the reader’s node when its own does not renew its lease', async () => {
    test = await open();
    const dead = node(async (making) => {
      await making.documents([]);
      making.emit(says('half'));
      await never(making);
    });
    const id = begin(dead);
    const before = await read(dead, { id, after: 0 }, 2);
    await dead.close(); // gives the lease back: the same as letting it run out, without the wait
    const alive = node(({ emit }) => Promise.resolve(emit(says('whole'))));
    const after = await read(alive, { id, after: before.length });
    expect(after.map(({ type }) => type)).toEqual(['answer.restarted', 'text.added', 'answer.completed']);
    expect(after.map(({ seq }) => seq)).toEqual([3, 4, 5]);
    expect(await read(alive, { id, after: 0 })).toEqual([...before, ...after]);
  });

  it('stops on another node’s word, and says that it was stopped', async () => {
    test = await open();
    const making = node(never, { leaseMs: 200 });
    const id = begin(making);
    await read(making, { id, after: 0 }, 1);
    await node(never).stop(test.context, id);
    expect((await read(making, { id, after: 1 })).at(-1)).toMatchObject({ data: { code: 'answer.stopped' } });
  });

  it('goes on without readers for a while, then gives up', async () => {
    test = await open();
    const unread = node(never, { unreadMs: 50 });
    const id = begin(unread);
    await read(unread, { id, after: 0 }, 1);
    expect((await read(node(never), { id, after: 1 })).at(-1)).toMatchObject({ data: { code: 'answer.abandoned' } });
  });

  it('gives the stored answer alone when its events were pruned', async () => {
    test = await open();
    const [only, ...rest] = await read(node(never), { id: KEPT, after: 4 });
    expect(only).toMatchObject({ seq: 5, type: 'answer.completed', data: { answer: { id: KEPT } } });
    expect(rest).toEqual([]);
    await expect(read(node(never), { id: newId(), after: 0 })).rejects.toMatchObject({ code: 'answer.not-found' });
  });

  it('is nobody else’s while it runs', async () => {
    test = await open();
    const streams = node(never);
    const id = begin(streams);
    await read(streams, { id, after: 0 }, 1);
    const other: TenantContext = { ...test.context, principalId: 'somebody' };
    await expect(streams.follow(other, { id, after: 0, signal: soon() }).next()).rejects.toMatchObject({
      code: 'answer.not-found',
    });
    await expect(streams.stop(other, id)).rejects.toMatchObject({ code: 'answer.not-found' });
  });
});
