/** What must be true of a home after a process on it was killed and another took over. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '../../src/platform.ts';
import { eventually } from '../ingest/eventually.ts';
import type { Ledger, Verdict } from './protocol.ts';

interface Version {
  id: string;
  documentId: string;
  original: string;
  text: string;
  chunks: number;
  latest: boolean;
}

/** Compares the home with what was acknowledged. */
export async function verify(
  platform: Platform,
  ledger: Ledger,
  options: { readonly startedAt: number; readonly last: boolean; readonly reached: (stage: string) => void },
): Promise<Verdict> {
  const context = platform.localContext('verify');
  await platform.ingest.idle(context);
  options.reached('idle');
  const versions = await platform.database.withTenant(context, (tx) =>
    tx.query<Version>(
      `select v.id, v.document_id as "documentId", v.original_sha256 as original, v.text_sha256 as text,
              (select count(*)::int from chunks k where k.version_id = v.id) as chunks,
              exists (select from documents d where d.version_id = v.id) as latest from versions v`,
    ),
  );
  const problems = [
    ...missing(ledger, versions),
    ...(await unreadable(platform, versions)),
    ...(await indexProblems(platform)),
    ...(await leftOverBlobs(platform, versions, options.startedAt)),
    ...(await stillFindable(platform, ledger)),
    ...(options.last ? await wordsOnDisk(platform, ledger) : []),
  ];
  const chunks = versions.reduce((sum, version) => sum + version.chunks, 0);
  const blobs = new Set(versions.flatMap(({ original, text }) => [original, text])).size;
  return {
    problems,
    documents: versions.filter(({ latest }) => latest).length,
    versions: versions.length,
    chunks,
    blobs,
  };
}

function missing(ledger: Ledger, versions: readonly Version[]): string[] {
  const present = new Set(versions.map(({ id }) => id));
  const documents = new Set(versions.map(({ documentId }) => documentId));
  const gone = new Set([...ledger.deleting, ...ledger.deleted.map(([documentId]) => documentId)]);
  return [
    ...ledger.stored
      .filter(([versionId, documentId]) => !present.has(versionId) && !gone.has(documentId))
      .map(([versionId]) => `version ${versionId} was acknowledged and is missing`),
    ...ledger.deleted
      .filter(([documentId]) => documents.has(documentId))
      .map(([documentId]) => `document ${documentId} was deleted and is back`),
    ...versions.filter(({ chunks }) => chunks === 0).map(({ id }) => `version ${id} has no chunks`),
  ];
}

/** Reads every blob the store refers to. */
async function unreadable(platform: Platform, versions: readonly Version[]): Promise<string[]> {
  const problems: string[] = [];
  for (const sha256 of new Set(versions.flatMap(({ original, text }) => [original, text]))) {
    const bytes = await platform.blobs.get(platform.localTenantId, sha256).catch(() => null);
    if (bytes === null) problems.push(`blob ${sha256} is missing`);
    else if (createHash('sha256').update(bytes).digest('hex') !== sha256) problems.push(`blob ${sha256} is damaged`);
  }
  return problems;
}

async function indexProblems(platform: Platform): Promise<string[]> {
  const context = platform.localContext('verify');
  const problems: string[] = [];
  for (const collection of await platform.ingest.collections(context)) {
    const { text, vectors } = await platform.ingest.checkIndex(context, collection);
    for (const [part, found] of Object.entries({ text, vectors })) {
      const differs = found.missing + found.surplus + found.duplicated > 0 || found.stored !== collection.chunks;
      if (differs) problems.push(`${part} index of ${collection.chunks} chunks: ${JSON.stringify(found)}`);
    }
  }
  return problems;
}

/** Blobs older than this process that nothing refers to must be swept soon. */
async function leftOverBlobs(platform: Platform, versions: readonly Version[], startedAt: number): Promise<string[]> {
  const wanted = new Set(versions.flatMap(({ original, text }) => [original, text]));
  const leftOver = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { sha256, modifiedAt } of platform.blobs.list(platform.localTenantId))
      if (!wanted.has(sha256) && modifiedAt < startedAt - 1000) found.push(`blob ${sha256} is left over`);
    return found;
  };
  await eventually(async () => ((await leftOver()).length === 0 ? true : null), 3000).catch(() => undefined);
  return await leftOver();
}

async function stillFindable(platform: Platform, ledger: Ledger): Promise<string[]> {
  const context = platform.localContext('verify');
  const collection = await platform.ingest.ensureCollection(context, { name: 'crash' });
  const problems: string[] = [];
  for (const [documentId, word] of ledger.deleted.slice(-5)) {
    const query = {
      collection,
      question: word,
      asOf: Date.now(),
      filter: { op: 'all' as const },
      limit: 10,
      after: null,
    };
    const { items } = await platform.search(context, { ...query, signal: AbortSignal.timeout(5000) });
    if (items.some((item) => item.documentId === documentId)) problems.push(`${documentId} is still found`);
  }
  return problems;
}

/** The erasures that were interrupted are finished by their jobs. */
async function wordsOnDisk(platform: Platform, ledger: Ledger): Promise<string[]> {
  const words = ledger.deleted.map(([, word]) => word);
  const found = async (): Promise<string[]> => {
    const problems = new Set<string>();
    for (const entry of await readdir(platform.config.home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
      for (const word of words) if (bytes.includes(word)) problems.add(`${word} is in ${entry.name}`);
    }
    return [...problems];
  };
  await eventually(async () => ((await found()).length === 0 ? true : null), 30_000).catch(() => undefined);
  return await found();
}
