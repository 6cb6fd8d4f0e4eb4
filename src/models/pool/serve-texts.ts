import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { PlumblineError } from '../../base/index.ts';
import { ExitGate } from './exit-gate.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** A model as the worker sees it: one text in, one vector of unit length out. */
export interface TextModel {
  readonly dimensions: number;
  embed(text: string): Promise<Float32Array<ArrayBuffer>>;
  release(): Promise<void>;
}

type Task = Extract<ToWorker, { type: 'embed' }>;

/**
 * The worker's side of the pool: loads the model, then embeds one text after the other, urgent ones first. Between two
 * texts it lets messages in, so an urgent text waits for at most the text that is being embedded.
 * @param port the worker's `parentPort`; closed at the end, which lets the worker exit
 * @param gate slots of the worker's ExitGate, from its `workerData`
 */
export async function serveTexts(port: MessagePort, gate: Int32Array, load: () => Promise<TextModel>): Promise<void> {
  const native = new ExitGate(gate);
  const send = (message: FromWorker, moved: ArrayBuffer[] = []): void => port.postMessage(message, moved);
  const tasks = new TaskList(port);
  const model = await native.pass(load).catch((error: unknown) => {
    send({ type: 'unusable', ...reasonOf(error) });
    port.close();
    return null;
  });
  if (model === null) return;
  send({ type: 'ready', dimensions: model.dimensions });
  for (let task = await tasks.next(); task !== null; task = await tasks.next()) {
    try {
      const vector = await native.pass(() => model.embed(task.text));
      send({ type: 'vector', id: task.id, vector }, [vector.buffer]);
    } catch (error) {
      send({ type: 'failed', id: task.id, problem: error instanceof Error ? error.message : String(error) });
    }
    await nextTurn();
  }
  await native.pass(() => model.release());
  port.close();
}

/** A ModelInvalid's parts, since an error class does not survive the way to another thread. */
function reasonOf(error: unknown): { folder: string; problem: string } {
  const { folder, problem } = error instanceof PlumblineError ? error.details : {};
  if (typeof folder === 'string' && typeof problem === 'string') return { folder, problem };
  return { folder: 'The folder', problem: error instanceof Error ? error.message : String(error) };
}

/** Texts received and not yet embedded. */
class TaskList {
  readonly #urgent: Task[] = [];
  readonly #patient: Task[] = [];
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(port: MessagePort) {
    port.on('message', (message: ToWorker) => {
      if (message.type === 'close') this.#closed = true;
      else (message.urgent ? this.#urgent : this.#patient).push(message);
      this.#wake();
    });
  }

  /** The next text, or null when the pool closes this worker. */
  async next(): Promise<Task | null> {
    while (!this.#closed) {
      const task = this.#urgent.shift() ?? this.#patient.shift();
      if (task !== undefined) return task;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return null;
  }
}
