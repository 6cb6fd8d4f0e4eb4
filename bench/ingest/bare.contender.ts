/** A bare pool of onnxruntime workers: the most that any product with this model can reach on this machine. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { serveRequests } from '../process/handlers.ts';
import type { Embedded } from './bare.worker.ts';

const workers: Worker[] = [];

const handlers = {
  open: async ({ count, model }: { count: number; model: string }): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { workerData: model });
      await once(worker, 'message');
      workers.push(worker);
    }
  },
  /**
   * Embeds the texts, dealt out one by one, a few in advance to each worker so that none ever waits.
   * `tokenisingMs` is the part of `ms` that a worker spent on making tokens; the rest is inference.
   */
  embed: async ({ texts }: { texts: readonly string[] }): Promise<{ ms: number; tokenisingMs: number }> => {
    const started = performance.now();
    const remaining = texts.values();
    const tokenising = await Promise.all(workers.map((worker) => drain(worker, remaining)));
    const ms = performance.now() - started;
    return { ms, tokenisingMs: tokenising.reduce((sum, spent) => sum + spent, 0) / workers.length };
  },
};

/**
 * Gives the worker text after text until there are no more; resolves when its last vector has arrived.
 * @returns milliseconds it spent on tokenising
 */
async function drain(worker: Worker, remaining: Iterator<string, undefined>): Promise<number> {
  let waiting = 0;
  let tokenisingMs = 0;
  await new Promise<void>((resolve) => {
    const send = (): void => {
      const { value, done } = remaining.next();
      if (done === true) return;
      waiting++;
      worker.postMessage(value);
    };
    worker.on('message', (embedded: Embedded) => {
      waiting--;
      tokenisingMs += embedded.tokenisingMs;
      send();
      if (waiting === 0) resolve();
    });
    for (let ahead = 0; ahead < 4; ahead++) send();
    if (waiting === 0) resolve();
  });
  worker.removeAllListeners('message');
  return tokenisingMs;
}

/** What this process can be asked. */
export type BareHandlers = typeof handlers;

serveRequests(handlers);
