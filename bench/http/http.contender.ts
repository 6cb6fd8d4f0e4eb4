/** The product as it serves over a collection of many chunks: documents have vectors of real sentences, questions are embedded. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/index.ts';
import { createDefaultEmbedder, type Embedder } from '../../src/models/index.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { below, seeded } from '../corpus/random.ts';
import { serveRequests } from '../process/handlers.ts';
import { type RealSentences, realSentences } from '../scale/real-sentences.ts';

/** What is served. */
export interface Served {
  readonly address: string;
  readonly collection: string;
  readonly chunks: number;
}

const COLLECTION = 'bench';
const FILES = 50;
/** A section of so many sentences is a chunk. */
const SENTENCES = 4;
let server: RunningServer | undefined;

/** Documents get the vector of one of the real sentences, whichever the text's hash names; questions are really embedded. */
function embedderOver(real: RealSentences): Embedder {
  const questions = createDefaultEmbedder({ workers: 1 });
  const { values, dimensions, count } = real.cloud;
  const vectorOf = (text: string): Float32Array => {
    let hash = 0x811c9dc5;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    const at = (hash >>> 0) % count;
    return values.slice(at * dimensions, (at + 1) * dimensions);
  };
  return {
    id: questions.id,
    dimensions,
    maxTokens: questions.maxTokens,
    embed: async (texts, options) =>
      options.purpose === 'query' ? await questions.embed(texts, options) : texts.map(vectorOf),
    close: () => questions.close(),
  };
}

async function writeDocuments({ texts }: RealSentences, { folder, chunks }: { folder: string; chunks: number }) {
  const random = seeded(23);
  const perFile = Math.ceil(chunks / FILES);
  for (let file = 0; file < FILES; file++) {
    const sections = Array.from({ length: perFile }, (_, n) => {
      const first = below(random, texts.length - SENTENCES);
      return `## Section ${file}-${n}\n\n${texts.slice(first, first + SENTENCES).join(' ')}\n`;
    });
    await writeFile(join(folder, `part-${file}.md`), sections.join('\n'));
  }
}

const handlers = {
  /** Takes in about so many chunks and serves them. */
  open: async (setting: { home: string; folder: string; chunks: number }): Promise<Served> => {
    const real = await realSentences();
    const environment = { PLUMB_HOME: setting.home, PORT: '0', PLUMB_SAMPLE: 'off' };
    server = await startServer(loadConfig(environment, setting.home), { embedder: embedderOver(real) });
    server.ready();
    const { ingest } = server.platform;
    const context = server.platform.localContext();
    const collection = await ingest.ensureCollection(context, { name: COLLECTION });
    const kept = await ingest.progress(context, collection);
    if (kept.chunks < setting.chunks) {
      await writeDocuments(real, setting);
      const spec = { kind: 'folder' as const, root: setting.folder, include: [], exclude: [] };
      await ingest.startRun(context, collection, { spec, options: { force: false, confirmDeletions: false } });
    }
    await ingest.idle(context);
    // Counted in the background from the first search on, for as long as the collection is searched.
    await server.platform.words.of(context, collection.id);
    await server.platform.words.idle();
    const { chunks } = await ingest.progress(context, collection);
    return { address: server.address, collection: COLLECTION, chunks };
  },
  close: async (): Promise<void> => {
    await server?.stop();
  },
};

/** What the serving process can be asked. */
export type ServingHandlers = typeof handlers;

serveRequests(handlers);
