import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { progress } from '../report/report.ts';
import type { Place } from './places.ts';

/** A document as the product read it. */
export interface ReadDocument {
  readonly id: string;
  readonly externalId: string;
  readonly text: string;
  /** Milliseconds since 1970 UTC. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  /** By chunk id. */
  readonly chunks: ReadonlyMap<string, Place>;
}

/** A folder taken in, ready to be asked. */
export interface ServedFolder {
  readonly platform: Platform;
  readonly collection: Collection;
  /** By path under the folder. */
  readonly documents: ReadonlyMap<string, ReadDocument>;
  close(): Promise<void>;
}

/**
 * Takes a folder of documents in as a user would.
 * @param home kept and used again when given; else a temporary folder that `close` removes
 */
export async function serveFolder(root: string, home?: string): Promise<ServedFolder> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'plumbline-bench-')));
  const platform = await createPlatform(loadConfig({ PLUMB_HOME: folder, PLUMB_SAMPLE: 'off' }, folder));
  const close = async (): Promise<void> => {
    await platform.close();
    if (home === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const collection = await takeIn(platform, root);
    return { platform, collection, documents: await readDocuments(platform, collection), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function takeIn(platform: Platform, root: string): Promise<Collection> {
  const context = platform.localContext();
  const collection = await platform.ingest.ensureCollection(context, { name: 'bench' });
  const run = await platform.ingest.startRun(context, collection, {
    spec: { kind: 'folder', root, include: [], exclude: [] },
    options: { force: false, confirmDeletions: false },
  });
  await platform.ingest.idle(context);
  const { state, report } = await platform.ingest.run(context, run.id);
  if (state !== 'completed') throw new Error(`Taking in ${root} ended ${state}: ${JSON.stringify(report)}`);
  progress(`${report.counts.chunks} chunks, ${report.counts.quarantined} files set aside`);
  return await platform.ingest.collection(context, 'bench');
}

async function readDocuments(platform: Platform, collection: Collection): Promise<Map<string, ReadDocument>> {
  const context = platform.localContext();
  const documents = new Map<string, ReadDocument>();
  for (let before: string | null = null; ; ) {
    const page = await platform.ingest.documents(context, { collectionId: collection.id, before, limit: 100 });
    for (const each of page) {
      const { id, externalId, effectiveFrom, effectiveTo } = each;
      const { text } = await platform.ingest.text(context, { documentId: id, version: null });
      const chunks = await chunksOf(platform, { id, externalId });
      documents.set(externalId, { id, externalId, text, effectiveFrom, effectiveTo, chunks });
    }
    before = page.at(-1)?.id ?? null;
    if (page.length < 100 || before === null) return documents;
  }
}

async function chunksOf(
  platform: Platform,
  { id, externalId }: Pick<ReadDocument, 'id' | 'externalId'>,
): Promise<Map<string, Place>> {
  const rows = await platform.database.withTenant(platform.localContext(), (tx) =>
    tx.query<{ id: string; start: number; end: number }>(
      'select id, start, "end" from chunks where document_id = $1::uuid',
      [id],
    ),
  );
  return new Map(rows.map((row) => [row.id, { document: externalId, start: row.start, end: row.end }]));
}
