import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/index.ts';
import type { Collection } from '../../src/ingest/index.ts';
import { createDefaultEmbedder } from '../../src/models/index.ts';
import { createPlatform, type Platform } from '../../src/platform.ts';
import { rememberingEmbedder } from '../corpus/remembering-embedder.ts';
import { progress } from '../report/report.ts';
import type { Document, RetrievalSet } from './beir.ts';

/** A retrieval set taken in by the product. */
export interface ServedSet {
  readonly platform: Platform;
  readonly collection: Collection;
  /** The set's id of the document that was written to this path. */
  readonly documentOf: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

const filesPerFolder = 500;

/**
 * Writes every document as a Markdown file (the title as front matter) and takes the folder in as a user would: parsed,
 * cut into chunks, embedded, indexed. Vectors are kept in the benchmarks' cache.
 */
export async function serveSet(set: RetrievalSet): Promise<ServedSet> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const documentOf = await writeDocuments(set.documents, join(folder, 'documents'));
  const embedder = await rememberingEmbedder(createDefaultEmbedder({ workers: 1 }));
  const home = join(folder, 'home');
  const platform = await createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, folder), { embedder });
  const close = async (): Promise<void> => {
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const collection = await takeIn(platform, { name: set.name, root: join(folder, 'documents') });
    return { platform, collection, documentOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function takeIn(platform: Platform, from: { readonly name: string; readonly root: string }): Promise<Collection> {
  const context = platform.localContext();
  const collection = await platform.ingest.ensureCollection(context, { name: 'bench' });
  const started = performance.now();
  const run = await platform.ingest.startRun(context, collection, {
    spec: { kind: 'folder', root: from.root, include: [], exclude: [] },
    options: { force: false, confirmDeletions: false },
  });
  await platform.ingest.idle(context);
  const { state, report } = await platform.ingest.run(context, run.id);
  if (state !== 'completed') throw new Error(`Taking in ${from.name} ended ${state}: ${JSON.stringify(report)}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  progress(`${from.name}: ${report.counts.chunks} chunks in ${seconds} s, ${report.counts.quarantined} set aside`);
  const taken = await platform.ingest.collection(context, 'bench');
  await platform.words.of(context, taken.id);
  await platform.words.idle();
  return taken;
}

/** Writes every document as a Markdown file. @returns path → the set's id */
export async function writeDocuments(documents: readonly Document[], root: string): Promise<Map<string, string>> {
  const documentOf = new Map<string, string>();
  for (const [number, document] of documents.entries()) {
    const folder = `part-${Math.floor(number / filesPerFolder)}`;
    // What has no title of its own is called what a nameless file is called, which says nothing about it.
    const name = document.title === '' ? `${folder}/${number}/document.md` : `${folder}/${number}.md`;
    const path = join(root, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, markdownOf(document));
    documentOf.set(name, document.id);
  }
  return documentOf;
}

/** The document as Markdown whose words are the document's, whatever signs it holds. */
export function markdownOf({ title, text }: Document): string {
  const head = title === '' ? '' : `---\ntitle: "${title.replace(/\s+/g, ' ')}"\n---\n`;
  return `${head}\n${text.replace(/[`*_[\]<>&\\~!#|]/g, '\\$&')}\n`;
}
