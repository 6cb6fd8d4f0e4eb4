/** Slots of the shared array. */
const BUSY = 0;
const STOP = 1;

/** Longer than a text takes anywhere. Milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Keeps the process from ending in the middle of native code: a thread that is ended while onnxruntime computes aborts
 * the whole process (`Napi::Error`, exit code 134). The worker passes through the gate before each native call; when
 * the process exits, its `exit` listener shuts the gates and waits for whoever is inside.
 */
export class ExitGate {
  readonly #slots: Int32Array;

  /** @param slots shared between the worker and its pool; see {@link ExitGate.slots} */
  constructor(slots: Int32Array) {
    this.#slots = slots;
  }

  /** Memory for a new gate, to be handed to both sides. */
  static slots(): Int32Array<SharedArrayBuffer> {
    return new Int32Array(new SharedArrayBuffer(8));
  }

  /** Worker's side: runs `work` behind the gate; never settles when the gate is shut. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    Atomics.store(this.#slots, BUSY, 1);
    if (Atomics.load(this.#slots, STOP) === 1) {
      this.#leave();
      return new Promise<T>(() => undefined);
    }
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** Pool's side: lets nobody in any more and blocks until nobody is inside, three seconds at most. */
  shut(): void {
    Atomics.store(this.#slots, STOP, 1);
    Atomics.wait(this.#slots, BUSY, 1, PATIENCE_MS);
  }

  #leave(): void {
    Atomics.store(this.#slots, BUSY, 0);
    Atomics.notify(this.#slots, BUSY);
  }
}

const open = new Set<ExitGate>();
let listening = false;

/** Shuts the gate when this process exits. Returns how to take that back, for when the worker is gone. */
export function shutOnExit(gate: ExitGate): () => void {
  if (!listening) {
    process.on('exit', () => {
      for (const one of open) one.shut();
    });
  }
  listening = true;
  open.add(gate);
  return () => void open.delete(gate);
}
