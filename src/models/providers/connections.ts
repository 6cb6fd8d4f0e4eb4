import { Agent } from 'undici';
import { providerFetch } from './provider-fetch.ts';

/** Connections to providers: kept alive, bounded, and closable. */
export interface Connections {
  /** `fetch` over these connections, for the SDKs. */
  readonly fetch: typeof globalThis.fetch;
  /** Closes every connection at once; calls in flight fail. */
  close(): Promise<void>;
}

/** Idle connections are closed after this; servers commonly do so after 5 s or more, so that we are first. */
const KEEP_ALIVE_MS = 4_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** The door has its own, shorter time limits; these only bound what no signal reaches. */
const IDLE_TIMEOUT_MS = 3_600_000;

/**
 * Opens a pool.
 * @param perOrigin connections to one provider's address at most; further requests wait for one
 */
export function openConnections(perOrigin: number): Connections {
  const agent = new Agent({
    connections: perOrigin,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: IDLE_TIMEOUT_MS,
    bodyTimeout: IDLE_TIMEOUT_MS,
  });
  return { fetch: providerFetch(agent), close: () => agent.destroy() };
}
