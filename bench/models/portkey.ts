import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Portkey's open gateway in a process of its own. */
export interface Portkey {
  /** Base address for an OpenAI client. */
  readonly url: string;
  /** What tells the gateway where to go. */
  readonly headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);
const START_MS = 60_000;

/** Starts the gateway in front of a provider. @param provider its base address */
export async function startPortkey(provider: string): Promise<Portkey> {
  const port = await freePort();
  const server = require.resolve('@portkey-ai/gateway/build/start-server.js');
  const child = spawn(process.execPath, [server, '--headless', `--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, TRUSTED_CUSTOM_HOSTS: new URL(provider).hostname },
  });
  const leave = (): boolean => child.kill();
  process.once('exit', leave); // also when the benchmark fails
  const origin = `http://127.0.0.1:${port}`;
  await untilUp(origin, child);
  const headers = {
    authorization: 'Bearer none',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': provider,
  };
  const stop = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill();
    process.off('exit', leave);
    await exited;
  };
  return { url: `${origin}/v1`, headers, stop };
}

async function untilUp(origin: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const up = await fetch(origin).then(
      (response) => response.body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error('Portkey’s gateway did not start.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
