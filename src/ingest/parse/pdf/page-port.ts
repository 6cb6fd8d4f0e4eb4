/** A rectangle in points: left, bottom, right, top. */
export type Box = readonly [left: number, bottom: number, right: number, top: number];

type Listener = (event: { data: unknown }) => void;

/** Far beyond any page: a PDF's own limit is 14,400 points a side (ISO 32000-1, annex C.2). */
const EVERYTHING: Box = [-1e7, -1e7, 1e7, 1e7];

/**
 * What the two halves of pdf.js talk through; both run in this thread. pdf.js gives no text that lies outside a page's
 * visible box, and has no setting for it; but the reply that describes a page holds the very box its text extraction
 * uses. The port remembers that box, so that it can be widened while a page is read.
 */
export class PagePort {
  readonly #listeners = new Map<Listener, AbortSignal | undefined>();
  #box: number[] | null = null;

  /** Called by pdf.js. Listeners hear of it later, as from another thread. */
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void {
    this.#box = boxOfPage(message) ?? this.#box;
    const event = { data: structuredClone(message, transfer === undefined ? {} : { transfer }) };
    queueMicrotask(() => {
      for (const listener of this.#listeners.keys()) listener.call(this, event);
    });
  }

  /** Called by pdf.js. */
  addEventListener(_: string, listener: Listener, options?: { signal?: AbortSignal }): void {
    if (options?.signal?.aborted === true) return;
    this.#listeners.set(listener, options?.signal);
    options?.signal?.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  /** Called by pdf.js. */
  removeEventListener(_: string, listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** Runs `work` while the page that was opened last counts as large enough for everything written on it. */
  async withoutEdges<T>(work: () => Promise<T>): Promise<T> {
    const box = this.#box;
    if (box === null) return await work();
    const edges = [...box];
    box.splice(0, 4, ...EVERYTHING);
    try {
      return await work();
    } finally {
      // pdf.js shares one array among pages that declare no box.
      box.splice(0, 4, ...edges);
    }
  }
}

/** The box in the reply to “open this page”, as pdf.js's worker half keeps it; null in every other message. */
function boxOfPage(message: unknown): number[] | null {
  const { data } = message as { data?: unknown };
  if (typeof data !== 'object' || data === null || !('view' in data) || !('rotate' in data)) return null;
  return Array.isArray(data.view) && data.view.length === 4 ? (data.view as number[]) : null;
}
