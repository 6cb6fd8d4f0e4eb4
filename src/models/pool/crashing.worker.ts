/** A worker for tests: embeds a text into [its length], and does what some texts say. `workerData.data` is a shared Int32Array. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerData } from './protocol.ts';
import { serveTexts } from './serve-texts.ts';

/** Slots of the shared array. */
const STARTED = 0;
const DIED = 1;
const EMBEDDED = 2;
const GATE = 3;
const FAIL_STARTS = 4;

const { data: shared, gate } = workerData as WorkerData<Int32Array>;
Atomics.add(shared, STARTED, 1);
if (parentPort === null) throw new Error('Started by a test only.');
if (Atomics.sub(shared, FAIL_STARTS, 1) > 0) process.exit(3);

await serveTexts(parentPort, gate, async () => ({
  dimensions: 1,
  release: async () => undefined,
  embed: async (text) => {
    if (text === 'die always') process.exit(7);
    if (text === 'die once' && Atomics.add(shared, DIED, 1) === 0) process.exit(7);
    if (text === 'refuse') throw new Error('refused');
    if (text.startsWith('wait')) Atomics.wait(shared, GATE, 0);
    return Float32Array.of(text.length, Atomics.add(shared, EMBEDDED, 1));
  },
}));
