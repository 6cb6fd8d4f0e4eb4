/** The product as it serves over a home that is opened again and again, with the log of searches on. */
import { loadConfig } from '../../src/config/index.ts';
import { createDefaultEmbedder } from '../../src/models/index.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { rememberingEmbedder } from '../corpus/remembering-embedder.ts';
import type { Served } from '../http/http.contender.ts';
import { serveRequests } from '../process/handlers.ts';

interface Home {
  readonly home: string;
}

const COLLECTION = 'bench';
let server: RunningServer | undefined;

const handlers = {
  /** Takes a folder in, with vectors of documents that were made before, and serves it. */
  takeIn: async ({ home, folder }: Home & { readonly folder: string }): Promise<Served> => {
    await serve(home, await rememberingEmbedder(createDefaultEmbedder({ workers: 1 })));
    const { platform } = running();
    const { ingest } = platform;
    const context = platform.localContext();
    const collection = await ingest.ensureCollection(context, { name: COLLECTION });
    const spec = { kind: 'folder' as const, root: folder, include: [], exclude: [] };
    await ingest.startRun(context, collection, { spec, options: { force: false, confirmDeletions: false } });
    await ingest.idle(context);
    return await served();
  },
  /** Serves what was taken in; every question is really embedded. */
  open: async ({ home }: Home): Promise<Served> => {
    await serve(home, createDefaultEmbedder({ workers: 1 }));
    return await served();
  },
  /** Makes logged searches again, as `plumb warm` does. @returns how many, and how long it took */
  warm: async (): Promise<{ readonly warmed: number; readonly ms: number }> => {
    const started = performance.now();
    let warmed = 0;
    for (let from: number | null = 0; from !== null; ) {
      const { address, token } = running();
      const response = await fetch(`${address}/v1/collections/${COLLECTION}/warm`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ from, count: 50 }),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
      const done = (await response.json()) as { readonly warmed: number; readonly next: number | null };
      warmed += done.warmed;
      from = done.next;
    }
    return { warmed, ms: performance.now() - started };
  },
  /** How many searches were answered from what was kept. */
  hits: async (): Promise<number> => Promise.resolve(running().platform.caches().searches.hits),
  close: async (): Promise<void> => {
    await server?.stop();
    server = undefined;
  },
};

async function serve(home: string, embedder: Awaited<ReturnType<typeof rememberingEmbedder>>): Promise<void> {
  const environment = { PLUMB_HOME: home, PORT: '0', PLUMB_SAMPLE: 'off', PLUMB_QUERY_LOG: 'on' };
  server = await startServer(loadConfig(environment, home), { embedder });
  server.ready();
}

function running(): RunningServer {
  if (server === undefined) throw new Error('Nothing is served.');
  return server;
}

/** Once the words of documents are counted: neither side shall do that while it is measured. */
async function served(): Promise<Served> {
  const { address, platform } = running();
  const context = platform.localContext();
  const collection = await platform.ingest.collection(context, COLLECTION);
  await platform.words.of(context, collection.id);
  await platform.words.idle();
  const { chunks } = await platform.ingest.progress(context, collection);
  return { address, collection: COLLECTION, chunks };
}

/** What the serving process can be asked. */
export type WarmHandlers = typeof handlers;

serveRequests(handlers);
