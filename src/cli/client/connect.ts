import { randomBytes } from 'node:crypto';
import type { Config } from '../../config/index.ts';
import { createPlatform } from '../../platform.ts';
import { createApp, readServerFile } from '../../server/index.ts';
import { ApiClient } from './api-client.ts';

/** A way to the API, and what must happen when the command is done. */
export interface Connection {
  readonly client: ApiClient;
  /** True when this command opened the platform itself and must wait for the work it started. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** How long a server may take to say that it lives. */
const PROBE_MS = 2000;

/**
 * Finds the API: the server of PLUMB_URL; else the one running on this home; else the platform opened in this process.
 */
export async function connect(config: Config): Promise<Connection> {
  if (config.remote !== null) return networked(config.remote.url, config.remote.token);
  const server = await readServerFile(config.home);
  if (server !== null && (await answers(server.address))) return networked(server.address, server.token);
  return await embedded(config);
}

/** The address of the server running on this home, or null. */
export async function runningServer(config: Config): Promise<string | null> {
  const server = await readServerFile(config.home);
  return server !== null && (await answers(server.address)) ? server.address : null;
}

function networked(address: string, token: string | null): Connection {
  return {
    client: new ApiClient({ address, token, send: (request) => fetch(request) }),
    embedded: false,
    close: () => Promise.resolve(),
  };
}

async function embedded(config: Config): Promise<Connection> {
  const platform = await createPlatform(config);
  const token = randomBytes(32).toString('base64url');
  const app = createApp({
    services: { platform, contextOf: (requestId) => platform.localContext(requestId) },
    health: { notReady: () => null },
    hosts: () => ['plumbline.local'],
    token,
  });
  return {
    client: new ApiClient({ address: 'http://plumbline.local', token, send: (request) => app.fetch(request) }),
    embedded: true,
    close: () => platform.close(),
  };
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/healthz', address), { signal: AbortSignal.timeout(PROBE_MS) });
    return response.ok;
  } catch {
    return false; // Nobody is there: the file was left by a crash.
  }
}
