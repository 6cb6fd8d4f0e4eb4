import { afterEach, expect, it, vi } from 'vitest';
import { IdleThread } from './idle-thread.ts';

/** Answers with the request and its own thread id; `die` ends it. */
const module = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', (text) => {
      if (text === 'die') throw new Error('asked to');
      parentPort.postMessage({ text, threadId });
    });
  `)}`,
);

type Answer = { readonly text: string; readonly threadId: number };
let thread: IdleThread<string, Answer>;
const build = (idleMs?: number): void => {
  thread = new IdleThread({ name: 'test', module, ...(idleMs === undefined ? {} : { idleMs }) });
};
afterEach(() => thread.close());

it('answers in order, out of one thread', async () => {
  build();
  const answers = await Promise.all(['a', 'b', 'c'].map((text) => thread.call(text)));
  expect(answers.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(1);
});

it('ends when nobody calls and starts again when somebody does', async () => {
  build(1);
  const first = await thread.call('a');
  const later = await vi.waitUntil(async () => {
    const { threadId } = await thread.call('b');
    await new Promise((resolve) => setImmediate(resolve));
    return threadId === first.threadId ? null : threadId;
  });
  expect(later).toBeGreaterThan(first.threadId);
});

it('fails the calls a dead thread had, and only those', async () => {
  build();
  const [dying, behind] = [thread.call('die'), thread.call('a')];
  const failed = { code: 'thread.ended', kind: 'retry', cause: { message: 'asked to' } };
  await expect(dying).rejects.toMatchObject(failed);
  await expect(behind).rejects.toMatchObject(failed);
  expect((await thread.call('b')).text).toBe('b');
});

it('answers what was asked before it is closed', async () => {
  build();
  const answer = thread.call('a');
  await thread.close();
  expect((await answer).text).toBe('a');
});

it('answers also what is asked while it is being closed', async () => {
  build();
  const first = thread.call('a');
  const closing = thread.close();
  const second = thread.call('b');
  await closing;
  expect([(await first).text, (await second).text]).toEqual(['a', 'b']);
});
