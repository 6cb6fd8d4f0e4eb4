/** The product as it serves the sample workspace, in a process of its own, with a clock on its event loop. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loadConfig } from '../../src/config/index.ts';
import { offerSample } from '../../src/sample.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { serveRequests } from '../process/handlers.ts';

/** Delays are taken every so many milliseconds; what is measured includes them. */
const EVERY_MS = 1;

const loop = monitorEventLoopDelay({ resolution: EVERY_MS });
let server: RunningServer | null = null;
let cpuAtReset = process.cpuUsage();

const handlers = {
  start: async ({ home }: { readonly home: string }): Promise<{ address: string; token: string }> => {
    server = await startServer(loadConfig({ PORT: '0', PLUMB_HOME: home }, home));
    await offerSample(server.platform);
    server.ready();
    loop.enable();
    return { address: server.address, token: server.token };
  },
  /** Begins to measure anew. */
  reset: (): Promise<void> => {
    loop.reset();
    cpuAtReset = process.cpuUsage();
    return Promise.resolve();
  },
  /** Since the last reset: delays of the main thread's event loop, and processor time of all threads, in milliseconds. */
  read: (): Promise<{ loopP99Ms: number; loopMaxMs: number; cpuMs: number }> => {
    const { user, system } = process.cpuUsage(cpuAtReset);
    return Promise.resolve({
      loopP99Ms: loop.percentile(99) / 1e6,
      loopMaxMs: loop.max / 1e6,
      cpuMs: (user + system) / 1000,
    });
  },
  stop: async (): Promise<void> => {
    await server?.stop();
  },
};

/** What this process can be asked. */
export type ServedHandlers = typeof handlers;

serveRequests(handlers);
