/** A bare pool of onnxruntime workers: the most that any product with this model can reach on this machine. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { serveRequests } from '../process/handlers.ts';

const workers: Worker[] = [];

const handlers = {
  open: async ({ count, model }: { count: number; model: string }): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { workerData: model });
      await once(worker, 'message');
      workers.push(worker);
    }
  },
  /** Embeds the texts, dealt out one by one, a few in advance to each worker so that none ever waits. */
  embed: async ({ texts }: { texts: readonly string[] }): Promise<{ ms: number }> => {
    const started = performance.now();
    const remaining = texts.values();
    await Promise.all(workers.map((worker) => drain(worker, remaining)));
    return { ms: performance.now() - started };
  },
};

/** Gives the worker text after text until there are no more; resolves when its last vector has arrived. */
async function drain(worker: Worker, remaining: Iterator<string, undefined>): Promise<void> {
  let waiting = 0;
  await new Promise<void>((resolve) => {
    const send = (): void => {
      const { value, done } = remaining.next();
      if (done === true) return;
      waiting++;
      worker.postMessage(value);
    };
    worker.on('message', () => {
      waiting--;
      send();
      if (waiting === 0) resolve();
    });
    for (let ahead = 0; ahead < 4; ahead++) send();
    if (waiting === 0) resolve();
  });
  worker.removeAllListeners('message');
}

/** What this process can be asked. */
export type BareHandlers = typeof handlers;

serveRequests(handlers);
