import type { Config } from '../../config/index.ts';
import { openInProcess, readServerFile } from '../../server/index.ts';
import { ApiClient } from './api-client.ts';

/** A way to the API, and what must happen when the command is done. */
export interface Connection {
  readonly client: ApiClient;
  close(): Promise<void>;
}

/** How long a server may take to say that it lives. */
const PROBE_MS = 2000;

/**
 * Finds the API: the server of PLUMB_URL; else the one running on this home; else the platform opened in this process.
 * @throws PlumblineError `home.locked`, and whatever opening the platform throws
 */
export async function connect(config: Config): Promise<Connection> {
  if (config.remote !== null) return networked(config.remote.url, config.remote.token);
  const server = await readServerFile(config.home);
  if (server !== null && (await answers(server.address))) return networked(server.address, server.token);
  const api = await openInProcess(config);
  return { client: new ApiClient({ ...api, send: (request) => api.send(request) }), close: () => api.close() };
}

/** The address of the server running on this home, or null. */
export async function runningServer(config: Config): Promise<string | null> {
  const server = await readServerFile(config.home);
  return server !== null && (await answers(server.address)) ? server.address : null;
}

function networked(address: string, token: string | null): Connection {
  return {
    client: new ApiClient({ address, token, send: (request) => fetch(request) }),
    close: () => Promise.resolve(),
  };
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/healthz', address), { signal: AbortSignal.timeout(PROBE_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // Nobody is there: the file was left by a crash.
  }
}
