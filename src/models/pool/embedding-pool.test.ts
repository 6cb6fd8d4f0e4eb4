import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { siblingModule } from '../../base/index.ts';
import { EmbeddingPool } from './embedding-pool.ts';

const GATE = 3;
let shared: Int32Array<SharedArrayBuffer>;
let pool: EmbeddingPool;

function buildPool(overrides: { workers?: number; idleMs?: number } = {}): EmbeddingPool {
  const module = siblingModule(import.meta.url, './crashing.worker');
  pool = new EmbeddingPool({ name: 'test', module, data: shared, workers: 1, ...overrides });
  return pool;
}

/** Lets every `wait` text, now and later, go on. */
function openGate(): void {
  Atomics.store(shared, GATE, 1);
  Atomics.notify(shared, GATE);
}

const started = (): number => Atomics.load(shared, 0);
const patient = { urgent: false } as const;
const lengths = (vectors: Float32Array[]): (number | undefined)[] => vectors.map((vector) => vector[0]);
const orders = (vectors: Float32Array[]): (number | undefined)[] => vectors.map((vector) => vector[1]);

beforeEach(() => {
  shared = new Int32Array(new SharedArrayBuffer(32));
});
afterEach(async () => {
  openGate();
  await pool.close();
});

describe('embedding pool', () => {
  it('answers in order and starts no more workers than it needs', async () => {
    buildPool({ workers: 3 });
    expect(pool.size).toBe(0);
    expect(lengths(await pool.embed(['a', 'bbb', 'cc'], patient))).toEqual([1, 3, 2]);
    expect(pool.size).toBe(1);
    expect(await pool.embed([], patient)).toEqual([]);
  });

  it('starts another worker while texts wait, and ends it when it has been idle', async () => {
    buildPool({ workers: 2, idleMs: 20 });
    await pool.warm();
    const work = pool.embed(['wait 1', 'wait 2', 'wait 3', 'wait 4', 'wait 5'], patient);
    await vi.waitUntil(() => started() === 2);
    openGate();
    await work;
    await vi.waitUntil(() => pool.size === 1);
    expect(lengths(await pool.embed(['again'], patient))).toEqual([5]);
  });

  it('lets an urgent text wait for no more than the text in work', async () => {
    buildPool();
    await pool.warm();
    const documents = pool.embed(['wait', ...Array.from({ length: 50 }, () => 'document')], patient);
    const query = pool.embed(['query'], { urgent: true });
    openGate();
    expect(orders(await query)).toEqual([1]);
    expect(Math.max(...orders(await documents).map(Number))).toBe(51);
  });

  it('stops on abort, forgets what waits, and goes on with the rest', async () => {
    buildPool();
    await pool.warm();
    const controller = new AbortController();
    const stopped = pool.embed(['wait', ...Array.from({ length: 500 }, () => 'never')], {
      urgent: false,
      signal: controller.signal,
    });
    const other = pool.embed(['other'], patient);
    controller.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'operation.aborted' });
    openGate();
    const [order] = orders(await other);
    expect(order).toBeLessThan(5);
  });

  it('replaces a worker that died and tries its texts once more', async () => {
    buildPool();
    const vectors = await pool.embed(['before', 'die once', 'behind', 'far behind'], patient);
    expect(lengths(vectors)).toEqual([6, 8, 6, 10]);
    expect(started()).toBe(2);
  });

  it('tries the texts of a dead worker before a long queue is done', async () => {
    buildPool();
    const first = pool.embed(['die once'], patient);
    const queue = pool.embed(
      Array.from({ length: 300 }, () => 'document'),
      patient,
    );
    const [order] = orders(await first);
    expect(order).toBeLessThan(10);
    await queue;
  });

  it('gives up a text that kills twice, and only that one', async () => {
    buildPool();
    const poison = pool.embed(['die always'], patient);
    const innocent = pool.embed(['one', 'two', 'three'], patient);
    await expect(poison).rejects.toMatchObject({ code: 'embedder.failed', message: expect.stringContaining('twice') });
    expect(lengths(await innocent)).toEqual([3, 3, 5]);
  });

  it('reports what the model refuses and goes on', async () => {
    buildPool();
    await expect(pool.embed(['fine', 'refuse'], patient)).rejects.toMatchObject({
      code: 'embedder.failed',
      message: expect.stringContaining('refused'),
      details: { index: 1 },
    });
    expect(lengths(await pool.embed(['ok'], patient))).toEqual([2]);
  });

  it('fails when the worker cannot start, and tries anew with the next call', async () => {
    Atomics.store(shared, 4, 1);
    buildPool();
    await expect(pool.embed(['a'], patient)).rejects.toMatchObject({ code: 'embedder.failed' });
    expect(lengths(await pool.embed(['a'], patient))).toEqual([1]);
  });

  it('fails what waits when it is closed', async () => {
    buildPool();
    await pool.warm();
    const work = pool.embed(['wait', 'b', 'c', 'd', 'e'], patient);
    const closed = pool.close();
    await expect(work).rejects.toMatchObject({ code: 'embedder.closed' });
    openGate();
    await closed;
    expect(pool.size).toBe(0);
    await expect(pool.embed(['a'], patient)).rejects.toMatchObject({ code: 'embedder.closed' });
    await expect(pool.warm()).rejects.toMatchObject({ code: 'embedder.closed' });
  });
});
