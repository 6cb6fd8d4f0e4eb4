import type { Config } from '../config/index.ts';
import type { Platform, PlatformOverrides } from '../platform.ts';
import { type Listener, listen } from './listen.ts';
import { newServerFile, removeServerFile, type ServerFile, writeServerFile } from './server-file.ts';

/** How long requests in hand may take once the server is told to stop. */
const DRAIN_MS = 10_000;

/** A server that runs. */
export interface RunningServer {
  readonly address: string;
  readonly platform: Platform;
  readonly token: string;
  /** Declares it ready: `/readyz` answers 200 from now on. */
  ready(): void;
  /** Not ready any more → no new connections → requests in hand finish → everything is closed. */
  stop(): Promise<void>;
}

/**
 * Takes the port, opens the platform, answers. Loads the heavy parts only once the port is ours.
 * @throws PlumblineError `port.busy`, `home.locked`, and whatever `createPlatform` throws
 */
export async function startServer(config: Config, overrides: PlatformOverrides = {}): Promise<RunningServer> {
  const listener = await listen(config.port);
  try {
    const { createPlatform } = await import('../platform.ts');
    const opening = createPlatform(config, { ...overrides, address: listener.address });
    const [platform] = await Promise.all([opening, import('./create-app.ts')]);
    return await serveWith(config, listener, platform);
  } catch (error) {
    await listener.drain(0);
    throw error;
  }
}

async function serveWith(config: Config, listener: Listener, platform: Platform): Promise<RunningServer> {
  const { createApp } = await import('./create-app.ts');
  let notReady: string | null = 'starting';
  const stopping = new AbortController();
  const file = newServerFile(listener.address);
  const app = createApp({
    services: { platform, contextOf: (requestId) => platform.localContext(requestId), stopping: stopping.signal },
    health: { notReady: () => notReady },
    hosts: () => listener.hosts,
    token: file.token,
  });
  listener.answerWith((request) => app.fetch(request));
  await writeServerFile(config.home, file);
  return {
    address: listener.address,
    platform,
    token: file.token,
    ready: () => {
      notReady = null;
    },
    stop: async () => {
      notReady = 'stopping';
      stopping.abort();
      await stop(config, { listener, platform, file });
    },
  };
}

async function stop(
  config: Config,
  running: { readonly listener: Listener; readonly platform: Platform; readonly file: ServerFile },
): Promise<void> {
  await removeServerFile(config.home, running.file);
  await running.listener.drain(DRAIN_MS);
  await running.platform.close();
}
