import { randomBytes } from 'node:crypto';
import type { Config } from '../config/index.ts';

/** The API without a socket: the same guards and routes, called in this process. */
export interface InProcessApi {
  /** Of no use to anybody else: requests must name this host and carry this token. */
  readonly address: string;
  readonly token: string;
  send(request: Request): Response | Promise<Response>;
  close(): Promise<void>;
}

const HOST = 'plumbline.local';

/**
 * Opens the platform and the API on it.
 * @throws PlumblineError `home.locked`, and whatever `createPlatform` throws
 */
export async function openInProcess(config: Config): Promise<InProcessApi> {
  const [{ createPlatform }, { createApp }] = await Promise.all([import('../platform.ts'), import('./create-app.ts')]);
  const platform = await createPlatform(config);
  const token = randomBytes(32).toString('base64url');
  const stopping = new AbortController();
  const app = createApp({
    services: { platform, contextOf: (requestId) => platform.localContext(requestId), stopping: stopping.signal },
    health: { notReady: () => null },
    hosts: () => [HOST],
    token,
  });
  return {
    address: `http://${HOST}`,
    token,
    send: (request) => app.fetch(request),
    close: async () => {
      stopping.abort();
      await platform.close();
    },
  };
}
