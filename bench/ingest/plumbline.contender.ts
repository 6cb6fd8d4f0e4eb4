/**
 * The product as it serves: HTTP server up, embedded database, blobs and index on disk. An ingestion ends when every
 * chunk is stored, embedded, in both indexes, and the indexes are optimised.
 */
import { basename } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loadConfig } from '../../src/config/index.ts';
import type { Embedder } from '../../src/models/index.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { serveRequests } from '../process/handlers.ts';
import type { Outcome, ProductHandlers, Setting } from './contract.ts';
import { openEmbedder } from './open-embedder.ts';

let server: RunningServer | undefined;
let embedded: string[] = [];
let loopDelay = { p999Ms: Number.NaN, maxMs: Number.NaN };

/** Passes everything on and notes what was embedded. */
function recording(embedder: Embedder): Embedder {
  return {
    id: embedder.id,
    dimensions: embedder.dimensions,
    maxTokens: embedder.maxTokens,
    embed: async (texts, options) => {
      embedded.push(...texts);
      return await embedder.embed(texts, options);
    },
    close: () => embedder.close(),
  };
}

async function open(setting: Setting): Promise<void> {
  const environment = { PLUMB_HOME: setting.home, PORT: '0', PLUMB_SAMPLE: 'off' };
  const embedder = recording(await openEmbedder(setting));
  server = await startServer(loadConfig(environment, setting.home), { embedder });
  server.ready();
}

async function ingest(folder: string): Promise<Outcome> {
  if (server === undefined) throw new Error('open comes first');
  const { platform } = server;
  const context = platform.localContext();
  // One collection a folder: in one for all, the same paths would be taken.
  const collection = await platform.ingest.ensureCollection(context, { name: `bench-${basename(folder)}` });
  embedded = [];
  // A new one each time: one that is stopped and started again counts the time between as a delay.
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const spec = { kind: 'folder' as const, root: folder, include: [], exclude: [] };
  const { id } = await platform.ingest.startRun(context, collection, {
    spec,
    options: { force: false, confirmDeletions: false },
  });
  await platform.ingest.idle(context);
  const ms = performance.now() - started;
  delay.disable();
  loopDelay = { p999Ms: delay.percentile(99.9) / 1e6, maxMs: delay.max / 1e6 };
  const { state, report } = await platform.ingest.run(context, id);
  if (state !== 'completed' || report.counts.quarantined > 0)
    throw new Error(`The pass ended ${state}: ${JSON.stringify(report)}`);
  return { ms, chunks: report.counts.chunks };
}

const handlers: ProductHandlers = {
  open,
  ingest: async ({ folder }) => await ingest(folder),
  embeddedTexts: async () => embedded,
  loopDelay: async () => loopDelay,
};

serveRequests(handlers);
