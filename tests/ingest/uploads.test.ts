import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { PlumblineError } from '../../src/base/index.ts';
import { createFixedEmbedder } from '../../src/models/testing.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { eventually } from './eventually.ts';
import { describeWorkspaces } from './workspace.ts';

/** What the embedder of these suites does at the moment. */
const embedder = { down: false, gate: null as Promise<void> | null, texts: 0 };
const gates: PromiseWithResolvers<void>[] = [];
const warnings: string[] = [];
const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };

/** From now on documents wait to be embedded until the gate is opened, at the latest at the end of the test. */
function shutGate(): PromiseWithResolvers<void> {
  const gate = Promise.withResolvers<void>();
  gates.push(gate);
  embedder.gate = gate.promise;
  return gate;
}

afterEach(() => {
  embedder.down = false;
  embedder.gate = null;
  for (const gate of gates.splice(0)) gate.resolve();
});

class EmbedderDown extends PlumblineError {
  constructor() {
    super({ code: 'embedder.unreachable', kind: 'retry', message: 'The embedder is down.' });
  }
}

const open = () => ({
  log,
  embedder: () =>
    createFixedEmbedder({
      onEmbed: async (texts, { purpose }) => {
        if (purpose !== 'document') return;
        if (embedder.down) throw new EmbedderDown();
        await embedder.gate;
        embedder.texts += texts.length;
      },
    }),
});

describeWorkspaces('uploads', open, (workspace, kind) => {
  const summary = async (documentId: string) =>
    await workspace().platform.ingest.document(workspace().context, documentId);

  test('the same bytes are unchanged; other bytes are a new version that supersedes', async () => {
    const collection = await workspace().collection();
    const first = await workspace().upload(collection, { name: 'a.txt', text: 'Kea birds open bins.' });
    const same = await workspace().upload(collection, { name: 'a.txt', text: 'Kea birds open bins.' });
    expect(same).toMatchObject({ outcome: 'unchanged', version: 1, versionId: first.versionId });
    await workspace().idle();
    const between = Date.now();
    const next = await workspace().upload(collection, { name: 'a.txt', text: 'Kaka birds open bins.' });
    expect(next).toMatchObject({ outcome: 'changed', version: 2, documentId: first.documentId });
    await workspace().idle();
    expect(await workspace().findWords(collection, 'kaka')).toEqual(['a.txt']);
    expect(await workspace().findWords(collection, 'kea')).toEqual([]);
    expect(await workspace().findWords(collection, 'kea', between)).toEqual(['a.txt']);
  });

  test('another title for the same bytes is a new version with the same dates', async () => {
    const collection = await workspace().collection();
    const file = { name: 't.txt', text: 'Moa were tall.' };
    const first = await workspace().upload(collection, file);
    const { effectiveFrom } = await summary(first.documentId);
    const titled = await workspace().upload(collection, { ...file, given: { title: 'Giant birds' } });
    expect(titled).toMatchObject({ outcome: 'changed', title: 'Giant birds' });
    expect(await summary(first.documentId)).toMatchObject({ title: 'Giant birds', effectiveFrom, effectiveTo: null });
  });

  test('tags and access that change without the text reach the index', async () => {
    const collection = await workspace().collection();
    const file = { name: 'secret.txt', text: 'The kakapo nests on an island.' };
    const { documentId } = await workspace().upload(collection, { ...file, given: { metadata: { a: '1', bb: '2' } } });
    await workspace().idle();
    const reordered = await workspace().upload(collection, { ...file, given: { metadata: { bb: '2', a: '1' } } });
    expect(reordered.outcome).toBe('unchanged');
    expect((await summary(documentId)).indexed).toBe('vector');

    const restricted = await workspace().upload(collection, {
      ...file,
      given: { acl: ['g:wardens'], tags: ['birds'] },
    });
    expect(restricted.outcome).toBe('unchanged');
    await workspace().idle();
    expect(await workspace().find(collection, 'kakapo island')).toEqual([]);
    const { platform, context } = workspace();
    const wardens = { ...context, groups: ['g:wardens'] };
    const query = { collection, question: 'kakapo', asOf: Date.now(), limit: 5, after: null };
    const filter = { op: 'in' as const, field: 'tags' as const, values: ['birds'] };
    const page = await platform.search(wardens, { ...query, filter, signal: AbortSignal.timeout(10_000) });
    expect(page.items).toHaveLength(1);
    expect(page.items[0]?.vector).not.toBeNull();
    const { text, vectors } = await platform.ingest.checkIndex(context, collection);
    expect([text, vectors]).toEqual([
      { stored: 1, missing: 0, surplus: 0, duplicated: 0 },
      { stored: 1, missing: 0, surplus: 0, duplicated: 0 },
    ]);
  });

  test('words are found within a second while thousands of chunks wait for their vectors', async () => {
    const collection = await workspace().collection();
    const gate = shutGate();
    const sentence = (n: number) => `Entry ${n} of the ledger mentions beams, bolts and brackets of size ${n}. `;
    for (let file = 0; file < 4; file++) {
      const text = Array.from({ length: 6000 }, (_, n) => sentence(file * 6000 + n)).join('');
      await workspace().upload(collection, { name: `ledger-${file}.txt`, text });
    }
    const { chunks } = await workspace().platform.ingest.progress(workspace().context, collection);
    expect(chunks).toBeGreaterThan(2000);
    const { documentId } = await workspace().upload(collection, { name: 'new.txt', text: 'A takahe was seen.' });
    const acknowledged = performance.now();
    await eventually(async () => ((await workspace().findWords(collection, 'takahe')).length > 0 ? true : null), 5000);
    expect(performance.now() - acknowledged).toBeLessThan(1000);
    await eventually(async () => ((await summary(documentId)).indexed === 'text' ? true : null));
    gate.resolve();
    embedder.gate = null;
    await workspace().idle();
    expect((await summary(documentId)).indexed).toBe('vector');
    const progress = await workspace().platform.ingest.progress(workspace().context, collection);
    expect(progress).toEqual({ chunks: chunks + 1, text: chunks + 1, vectors: chunks + 1 });
  });

  test('with the embedder down words are found, the log hears once, and vectors follow by themselves', async () => {
    const collection = await workspace().collection();
    warnings.length = 0;
    embedder.down = true;
    const ids: string[] = [];
    for (const word of ['weka', 'tui', 'ruru']) {
      ids.push((await workspace().upload(collection, { name: `${word}.txt`, text: `The ${word} calls.` })).documentId);
      await eventually(async () => ((await workspace().findWords(collection, word)).length > 0 ? true : null));
    }
    await expect(workspace().idle()).rejects.toMatchObject({ code: 'embedder.unreachable' });
    expect(warnings).toHaveLength(1);
    embedder.down = false;
    await eventually(async () => {
      const states = await Promise.all(ids.map(async (id) => (await summary(id)).indexed));
      return states.every((state) => state === 'vector') ? true : null;
    }, 20_000);
  });

  test('a deletion during embedding leaves neither entries nor vectors', async () => {
    const collection = await workspace().collection();
    const gate = shutGate();
    const { documentId } = await workspace().upload(collection, { name: 'gone.txt', text: 'A huia was heard.' });
    await eventually(async () => ((await workspace().findWords(collection, 'huia')).length > 0 ? true : null));
    const { erased } = await workspace().platform.ingest.deleteDocument(workspace().context, documentId);
    gate.resolve();
    embedder.gate = null;
    await erased;
    await workspace().idle();
    const { platform, context } = workspace();
    const { text, vectors } = await platform.ingest.checkIndex(context, collection);
    expect([text.surplus, vectors.surplus]).toEqual([0, 0]);
    const orphans = await platform.database.withTenant(context, (tx) =>
      tx.query(
        `select 1 from embeddings e where not exists (select from chunks k where k.embedding_key = e.embedding_key)`,
      ),
    );
    expect(orphans).toEqual([]);
  });

  test('a rebuilt index equals the store, and nothing is embedded again', async () => {
    const collection = await workspace().collection();
    for (let i = 0; i < 12; i++) await workspace().upload(collection, { name: `${i}.txt`, text: `Stilt number ${i}.` });
    await workspace().upload(collection, { name: '0.txt', text: 'Stilt number zero.' });
    await workspace().idle();
    const before = embedder.texts;
    const { platform, context } = workspace();
    await platform.ingest.reindex(context, collection);
    await workspace().idle();
    expect(embedder.texts).toBe(before);
    const equal = { stored: 13, missing: 0, surplus: 0, duplicated: 0 };
    expect(await platform.ingest.checkIndex(context, collection)).toEqual({ text: equal, vectors: equal });
    expect(await workspace().findWords(collection, 'stilt')).toHaveLength(12);
  });

  test('what cannot be read is set aside, listed, tried again and discarded', async () => {
    const collection = await workspace().collection();
    const { platform, context } = workspace();
    const signal = AbortSignal.timeout(30_000);
    const bytes = new TextEncoder().encode('%PDF-1.7\nnothing of a PDF');
    const upload = { name: 'broken.pdf', bytes, declaredType: undefined, given: {} };
    const failed: unknown = await platform.ingest
      .upload(context, { collection, signal }, upload)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ kind: 'caller' });
    const listed = async () =>
      (await platform.ingest.quarantine(context, { after: null, limit: 100 })).filter(
        (file) => file.collectionId === collection.id,
      );
    const [file] = await listed();
    expect(file).toMatchObject({ externalId: 'broken.pdf', attempts: 1, bytes: bytes.length });
    await expect(platform.ingest.retryQuarantined(context, file?.id ?? '', signal)).rejects.toMatchObject({
      code: file?.code,
    });
    expect((await listed())[0]).toMatchObject({ id: file?.id, attempts: 2 });
    await platform.ingest.discardQuarantined(context, file?.id ?? '');
    expect(await listed()).toEqual([]);
    await expect(platform.ingest.discardQuarantined(context, file?.id ?? '')).rejects.toMatchObject({
      code: 'quarantine.not-found',
    });
    await eventually(async () =>
      (await platform.blobs.has(context.tenantId, file?.originalSha256 ?? '')) ? null : true,
    );
  });

  test('a pass that is cancelled keeps what it stored and another goes on', async () => {
    // Many times what is taken in between two looks at it.
    const FILES = 2_000;
    const collection = await workspace().collection();
    const contents = Object.fromEntries(Array.from({ length: FILES }, (_, i) => [`f${i}.txt`, `Heron ${i} fishes.`]));
    const root = await workspace().files(`cancel-${kind}`, contents);
    const { ingest } = workspace().platform;
    const spec = { kind: 'folder' as const, root, include: [], exclude: [] };
    const options = { force: false, confirmDeletions: false };
    const { id } = await ingest.startRun(workspace().context, collection, { spec, options });
    await eventually(async () => ((await ingest.run(workspace().context, id)).report.counts.added > 0 ? true : null));
    const cancelled = await ingest.cancelRun(workspace().context, id);
    expect(cancelled.state).toBe('cancelled');
    const { added } = cancelled.report.counts;
    const rest = await workspace().pass(collection, root);
    expect(rest.report.counts).toMatchObject({ added: FILES - added, unchanged: added, closed: 0 });
  });

  test('an interrupted pass goes on at the next start', async () => {
    const collection = await workspace().collection();
    const contents = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`g${i}.txt`, `Egret ${i} fishes.`]));
    const root = await workspace().files(`resume-${kind}`, contents);
    const spec = { kind: 'folder' as const, root, include: [], exclude: [] };
    const options = { force: false, confirmDeletions: false };
    const { id } = await workspace().platform.ingest.startRun(workspace().context, collection, { spec, options });
    await eventually(async () =>
      (await workspace().platform.ingest.run(workspace().context, id)).report.counts.added > 0 ? true : null,
    );
    await workspace().reopen();
    const run = await workspace().ended(id);
    expect(run).toMatchObject({ state: 'completed', report: { counts: { listed: 400 } } });
    await workspace().idle();
    const { text } = await workspace().platform.ingest.checkIndex(workspace().context, collection);
    expect(text).toEqual({ stored: 400, missing: 0, surplus: 0, duplicated: 0 });
  });

  // The embedded database belongs to one process, so this is no test of that suite.
  if (kind === 'postgres')
    test('two processes on one database share the work', async () => {
      const collection = await workspace().collection();
      const other = await workspace().another();
      try {
        const gate = shutGate();
        await workspace().upload(collection, { name: 'first.txt', text: 'The first process holds the index. Kiwi.' });
        await eventually(async () => ((await workspace().findWords(collection, 'kiwi')).length > 0 ? true : null));
        const context = other.localContext('other');
        const bytes = new TextEncoder().encode('The other process stores. Takapu.');
        const upload = { name: 'second.txt', bytes, declaredType: undefined, given: {} };
        await other.ingest.upload(context, { collection, signal: AbortSignal.timeout(10_000) }, upload);
        await eventually(
          async () => ((await workspace().findWords(collection, 'takapu')).length > 0 ? true : null),
          3000,
        );
        const deletable = await other.ingest.upload(
          context,
          { collection, signal: AbortSignal.timeout(10_000) },
          {
            ...upload,
            name: 'third.txt',
          },
        );
        await other.ingest.deleteDocument(context, deletable.documentId);
        gate.resolve();
        embedder.gate = null;
        await eventually(async () => {
          const { vectors } = await workspace().platform.ingest.progress(workspace().context, collection);
          return vectors === 2 ? true : null;
        });
        await workspace().idle();
        await pause(600); // the index tells this process of the other's writes within its interval
        const { text, vectors } = await workspace().platform.ingest.checkIndex(workspace().context, collection);
        expect([text, vectors].map(({ missing, duplicated }) => [missing, duplicated])).toEqual([
          [0, 0],
          [0, 0],
        ]);
      } finally {
        await other.close();
      }
    });
});
