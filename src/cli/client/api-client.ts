import { type ErrorKind, PlumblineError } from '../../base/index.ts';
import type { Problem } from '../../server/index.ts';

/** Sends one request: over the network, or straight into an app in this process. */
export type Send = (request: Request) => Response | Promise<Response>;

/** A server answered with a problem. */
class ServerRefused extends PlumblineError {
  constructor(problem: Problem) {
    const kind: ErrorKind = problem.status >= 500 ? 'fatal' : 'caller';
    super({
      code: problem.code,
      kind,
      message: problem.detail,
      details: { ...problem.details, status: problem.status },
    });
  }
}

/** Something that is no Plumbline server answered, or nothing did. */
class ServerUnreachable extends PlumblineError {
  constructor(address: string, cause: unknown) {
    super({
      code: 'server.unreachable',
      kind: 'retry',
      message: `No Plumbline server answers at ${address}. Start one with \`npm start\`, or correct PLUMB_URL.`,
      cause,
    });
  }
}

/** How long a request may take; passes over folders answer at once and are watched. */
const TIMEOUT_MS = 10 * 60_000;

/** Talks to the HTTP API, wherever it is. */
export class ApiClient {
  readonly address: string;
  readonly #send: Send;
  readonly #token: string | null;

  constructor(target: { readonly address: string; readonly send: Send; readonly token: string | null }) {
    this.address = target.address;
    this.#send = target.send;
    this.#token = target.token;
  }

  /** @throws PlumblineError as the server said it, `server.unreachable` */
  async get<T>(path: string): Promise<T> {
    return await this.#call<T>('GET', path, null);
  }

  async post<T>(path: string, body: object): Promise<T> {
    return await this.#call<T>('POST', path, JSON.stringify(body));
  }

  async put<T>(path: string, body: object): Promise<T> {
    return await this.#call<T>('PUT', path, JSON.stringify(body));
  }

  async delete<T>(path: string): Promise<T> {
    return await this.#call<T>('DELETE', path, null);
  }

  async #call<T>(method: string, path: string, body: string | null): Promise<T> {
    const headers = new Headers({ host: new URL(this.address).host, accept: 'application/json' });
    if (this.#token !== null) headers.set('authorization', `Bearer ${this.#token}`);
    if (body !== null) {
      headers.set('content-type', 'application/json');
      headers.set('content-length', String(Buffer.byteLength(body)));
    }
    const request = new Request(new URL(path, this.address), {
      method,
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const response = await this.#reach(request);
    const text = await response.text();
    if (!response.ok) throw refusalOf(response, text, this.address);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  async #reach(request: Request): Promise<Response> {
    try {
      return await this.#send(request);
    } catch (error) {
      throw new ServerUnreachable(this.address, error);
    }
  }
}

function refusalOf(response: Response, text: string, address: string): PlumblineError {
  const problem = response.headers.get('content-type')?.includes('problem+json') === true;
  return problem ? new ServerRefused(JSON.parse(text) as Problem) : new ServerUnreachable(address, text.slice(0, 200));
}
