/**
 * LangChain.js as its guides put a folder into memory: RecursiveCharacterTextSplitter with chunks of 1,000 characters,
 * MemoryVectorStore. Overlap 160 characters: as long as ours.
 */
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Document } from '@langchain/core/documents';
import { Embeddings } from '@langchain/core/embeddings';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import type { Embedder } from '../../src/models/index.ts';
import { serveRequests } from '../process/handlers.ts';
import type { IngestHandlers } from './contract.ts';
import { openEmbedder } from './open-embedder.ts';
import { readFolder } from './read-folder.ts';

class PlumblineEmbeddings extends Embeddings {
  readonly #embedder: Embedder;

  constructor(embedder: Embedder) {
    super({});
    this.#embedder = embedder;
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    return (await this.#embedder.embed(texts, { purpose: 'document' })).map((vector) => Array.from(vector));
  }

  async embedQuery(text: string): Promise<number[]> {
    return Array.from((await this.#embedder.embed([text], { purpose: 'query' }))[0] ?? []);
  }
}

let store: MemoryVectorStore | undefined;

const handlers: IngestHandlers = {
  open: async (setting) => {
    store = new MemoryVectorStore(new PlumblineEmbeddings(await openEmbedder(setting)));
  },
  ingest: async ({ folder }) => {
    if (store === undefined) throw new Error('open comes first');
    const before = store.memoryVectors.length;
    const started = performance.now();
    const files = await readFolder(folder);
    const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1_000, chunkOverlap: 160 });
    const documents = files.map(({ path, text }) => new Document({ pageContent: text, metadata: { source: path } }));
    await store.addDocuments(await splitter.splitDocuments(documents));
    return { ms: performance.now() - started, chunks: store.memoryVectors.length - before };
  },
};

serveRequests(handlers);
