import type { Dispatcher } from 'undici';

type Fetch = typeof globalThis.fetch;
type HeadersGiven = ConstructorParameters<typeof Headers>[0];

/** What providers' SDKs ask of a `fetch`. */
interface Asked {
  readonly method?: string;
  readonly headers?: HeadersGiven;
  readonly body?: string | Uint8Array | null;
  readonly signal?: AbortSignal | null;
}

type Connection = Dispatcher.DispatchController;
type ResponseStart = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>;

/** What `fetch` would say of itself; SDKs name themselves and what they send. */
const DEFAULT_HEADERS = { accept: '*/*', 'accept-encoding': 'gzip, deflate' };
/** A whole reply of JSON, bytes: some 5,000 vectors of 3,072 dimensions. */
const MOST_JSON_BYTES = 256 * 1024 * 1024;
/** Bytes of a stream that may wait for its reader. */
const MOST_AHEAD_BYTES = 64 * 1024;
/** Replies without a body, which `Response` refuses to be given one. */
const BODILESS = new Set([204, 205, 304]);

/**
 * As much of `fetch` as the SDKs use, straight on undici's connections: no request object, no weak references, no finalizers.
 * Node's `fetch` leaves some 20 kB a call in the heap until the next full collection, and each collection of young objects
 * moves them; this leaves less than 2 kB, the rest of the call included. JSON is read to its end before the reply is
 * handed on; everything else is handed on as it comes and read no faster than its reader reads.
 * A redirect is a failure. Rejects as `fetch` does: with the signal's reason, `TypeError: fetch failed` before the reply's
 * headers, `TypeError: terminated` after them, each with its cause.
 */
export function providerFetch(dispatcher: Dispatcher): Fetch {
  return ((input: string, init: Asked = {}) => ask(dispatcher, input, init)) as unknown as Fetch;
}

function ask(dispatcher: Dispatcher, input: string, { method, headers, body, signal }: Asked): Promise<Response> {
  const { origin, pathname, search } = new URL(input);
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const exchange = new Exchange({ resolve, reject, signal: signal ?? null });
    dispatcher.dispatch(
      {
        origin,
        path: pathname + search,
        method: method ?? 'GET',
        headers: { ...DEFAULT_HEADERS, ...plain(headers) },
        body: body ?? null,
      },
      exchange,
    );
  });
}

function plain(headers: HeadersGiven): Record<string, string> {
  return headers === undefined ? {} : Object.fromEntries(headers instanceof Headers ? headers : new Headers(headers));
}

/** Who waits for a reply. */
interface Caller {
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
  readonly signal: AbortSignal | null;
}

/** One request and its reply. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #caller: Caller;
  readonly #onAbort = (): void => this.#abort(this.#caller.signal?.reason);
  #connection: Connection | null = null;
  #aborted = false;
  #status = 0;
  #statusText = '';
  #headers: Headers = new Headers();
  /** JSON, until it is whole. */
  #chunks: Uint8Array[] | null = null;
  #bytes = 0;
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor(caller: Caller) {
    this.#caller = caller;
    caller.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(connection: Connection): void {
    this.#connection = connection;
    if (this.#aborted) connection.abort(new Error('The request was aborted.'));
  }

  onResponseStart(...[connection, status, headers, statusText]: ResponseStart): void {
    if (status < 200 || this.#aborted) return;
    if (status >= 300 && status < 400 && status !== 304) {
      return connection.abort(new Error(`The server wants to be asked elsewhere (status ${status}).`));
    }
    this.#status = status;
    this.#statusText = statusText ?? '';
    this.#headers = headersOf(headers);
    if (this.#headers.get('content-type')?.startsWith('application/json') === true) this.#chunks = [];
    else this.#caller.resolve(this.#respond(this.#open()));
  }

  onResponseData(connection: Connection, chunk: Uint8Array): void {
    if (this.#aborted || chunk.byteLength === 0) return; // resuming may begin with an empty one
    if (this.#chunks === null) {
      this.#stream?.enqueue(chunk);
      if ((this.#stream?.desiredSize ?? 0) <= 0) connection.pause();
      return;
    }
    this.#bytes += chunk.byteLength;
    if (this.#bytes > MOST_JSON_BYTES) return connection.abort(new RangeError('The reply is too long.'));
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#free();
    if (this.#aborted) return;
    if (this.#chunks !== null) this.#caller.resolve(this.#respond(Buffer.concat(this.#chunks)));
    else this.#stream?.close();
  }

  onResponseError(_: Connection, cause: Error): void {
    this.#free();
    if (this.#aborted) return;
    const error = new TypeError(this.#status === 0 ? 'fetch failed' : 'terminated', { cause });
    if (this.#stream !== null) this.#stream.error(error);
    else this.#caller.reject(error);
  }

  /** The body as a stream; leaving it ends the connection. */
  #open(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (this.#stream = controller),
        pull: () => this.#connection?.resume(),
        cancel: () => this.#leave(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MOST_AHEAD_BYTES }),
    );
  }

  #leave(): void {
    this.#aborted = true;
    this.#free();
    this.#connection?.abort(new Error('Nobody reads the reply any more.'));
  }

  #respond(body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>): Response {
    const init = { status: this.#status, statusText: this.#statusText, headers: this.#headers };
    if (BODILESS.has(this.#status)) return new Response(null, init);
    const encoding = this.#headers.get('content-encoding') ?? 'identity';
    if (encoding === 'identity') return new Response(body, init);
    const stream = body instanceof ReadableStream ? body : new Blob([body]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream(encoding as 'gzip' | 'deflate')), init);
  }

  #abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#free();
    this.#caller.reject(reason);
    this.#stream?.error(reason);
    this.#connection?.abort(reason instanceof Error ? reason : new Error('The request was aborted.'));
  }

  #free(): void {
    this.#caller.signal?.removeEventListener('abort', this.#onAbort);
  }
}

function headersOf(given: ResponseStart[2]): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'string') headers.append(name, value);
    else for (const one of value ?? []) headers.append(name, one);
  }
  return headers;
}
