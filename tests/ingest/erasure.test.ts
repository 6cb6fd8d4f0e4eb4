import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestProvider, type TestProvider } from '../../src/models/testing.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { eventually } from './eventually.ts';
import { Workspace } from './workspace.ts';

/** Words that occur nowhere else, and their stems. */
const WORDS = {
  title: 'zyxtitleworts',
  heading: 'quorbheadingle',
  body: 'flimbodyruses',
  earlier: 'gromearlierfex',
  name: 'vontfilenamix',
  tag: 'plixtagorum',
  metadata: 'dracmetavolus',
  rejected: 'skebrejectora',
  reply: 'glampreplyquote',
} as const;

let workspace: Workspace;
let provider: TestProvider;
let configured: string;

beforeAll(async () => {
  configured = await mkdtemp(join(tmpdir(), 'plumbline-erasure-'));
  provider = await startTestProvider({ reply: () => ({ pieces: [`The paper says "${WORDS.reply}".`] }) });
  const registry = {
    providers: { here: { kind: 'openai-compatible', url: provider.url } },
    models: {
      one: { provider: 'here', model: 'one', private: true, contextTokens: 8192, price: { inputUsdPerMillion: 0 } },
    },
  };
  await writeFile(join(configured, 'models.json'), JSON.stringify(registry));
  workspace = await Workspace.open('pglite', {
    log: silentLog,
    environment: { PLUMB_MODELS: join(configured, 'models.json') },
  });
});
afterAll(async () => {
  await workspace.drop();
  await provider.close();
  await rm(configured, { recursive: true, force: true });
});

/** A model's reply that quotes the document, kept for the next equal call. */
async function replyOfModel(): Promise<string> {
  const reply = await workspace.platform.models.generate(workspace.context, {
    task: 'answer',
    feature: 'test',
    messages: [{ role: 'user', content: 'What does the paper say?' }],
    cache: { promptVersion: '1' },
  });
  return reply.cache;
}

interface Searched {
  files: number;
  bytes: number;
  found: string[];
}

/** Reads every byte of every file and looks for each word in any case, as UTF-8, as UTF-16 and by its stem. */
async function grep(folder: string, words: readonly string[]): Promise<Searched> {
  const needles = words.flatMap((word) => {
    const stem = word.slice(0, -2);
    return [Buffer.from(stem, 'latin1'), Buffer.from(stem, 'utf16le')].map((bytes) => ({ word, bytes }));
  });
  const searched: Searched = { files: 0, bytes: 0, found: [] };
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    for (const word of words) if (entry.name.toLowerCase().includes(word)) searched.found.push(`${word} names ${path}`);
    if (!entry.isFile()) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    const lower = Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1');
    searched.files++;
    searched.bytes += bytes.length;
    for (const needle of needles) if (lower.includes(needle.bytes)) searched.found.push(`${needle.word} in ${path}`);
  }
  return searched;
}

const filler = (n: number) =>
  `Ordinary sentence number ${n} about shelves, boxes and labels in the archive. `.repeat(20);

test('leaves none of its words under the home', { timeout: 120_000 }, async () => {
  const collection = await workspace.collection();
  const fileName = `folder/${WORDS.name}.md`;
  const text = (word: string) =>
    `---\ntitle: The ${WORDS.title} paper\ntags: [${WORDS.tag}]\n---\n\n# On ${WORDS.heading}\n\nEvery ${word} counts.\n\n${filler(1)}\n`;
  const given = { metadata: { subject: WORDS.metadata } };
  for (let i = 0; i < 40; i++) await workspace.upload(collection, { name: `kept-${i}.txt`, text: filler(i) });
  await workspace.upload(collection, { name: fileName, text: text(WORDS.earlier), given });
  await workspace.idle();
  const { documentId } = await workspace.upload(collection, { name: fileName, text: text(WORDS.body), given });
  await workspace.idle();
  // A later version could not be read and lies in quarantine with its bytes.
  const broken = new TextEncoder().encode(`%PDF-1.7 ${WORDS.rejected}`);
  const signal = AbortSignal.timeout(30_000);
  const rejected = workspace.platform.ingest.upload(
    workspace.context,
    { collection, signal },
    { name: fileName, bytes: broken, declaredType: undefined, given: {} },
  );
  await expect(rejected).rejects.toMatchObject({ details: { externalId: fileName } });
  const answer = await workspace.platform.ask(workspace.context, {
    collection,
    text: `Which ${WORDS.body} counts?`,
    asOf: null,
    filter: { op: 'all' },
    signal,
  });
  expect(JSON.stringify(answer)).toContain(WORDS.body);
  expect(await replyOfModel()).toBe('none');
  await eventually(async () => ((await replyOfModel()) === 'exact' ? true : null));
  const before = await grep(workspace.home, Object.values(WORDS));
  for (const word of Object.values(WORDS)) expect(before.found.join('\n'), word).toContain(word);

  const { erased } = await workspace.platform.ingest.deleteDocument(workspace.context, documentId);
  expect(await workspace.find(collection, WORDS.body)).not.toContain(fileName);
  await erased;
  expect(await replyOfModel()).toBe('none');
  const after = await grep(workspace.home, Object.values(WORDS));
  expect(after.found).toEqual([]);
  await workspace.close();
  const closed = await grep(workspace.home, Object.values(WORDS));
  expect(closed.found).toEqual([]);
  await workspace.reopen();
  await workspace.idle();
  const reopened = await grep(workspace.home, Object.values(WORDS));
  expect(reopened.found).toEqual([]);
  process.stdout.write(`erasure: searched ${reopened.files} files, ${reopened.bytes} bytes\n`);
  expect(await workspace.find(collection, 'shelves boxes')).not.toEqual([]);
});

test('a file read as a source of its own is forgotten with its path, in reports of passes too', async () => {
  const collection = await workspace.collection();
  const word = 'hubblesourcex';
  const root = await workspace.files('single', {
    [`${word}.txt`]: 'One file, named by a person.',
    'other.txt': 'Kept.',
  });
  const { ingest } = workspace.platform;
  const options = { force: false, confirmDeletions: false };
  const spec = { kind: 'file' as const, root: join(root, `${word}.txt`), include: [], exclude: [] };
  await workspace.ended((await ingest.startRun(workspace.context, collection, { spec, options })).id);
  const page = { collectionId: collection.id, before: null, limit: 10 };
  const [document] = await ingest.documents(workspace.context, page);
  await (await ingest.deleteDocument(workspace.context, document?.id ?? '')).erased;
  expect((await grep(workspace.home, [word])).found).toEqual([]);

  const again = await workspace.pass(collection, root);
  expect(again.report.counts).toMatchObject({ added: 1, skipped: 1 });
  await workspace.idle();
  expect((await grep(workspace.home, [word])).found).toEqual([]);
});

test('what a person deleted stays deleted on later passes until it is uploaded', async () => {
  const collection = await workspace.collection();
  const root = await workspace.files('deleted', { 'a.txt': 'The dugong dives.', 'b.txt': 'Kept.' });
  await workspace.pass(collection, root);
  await workspace.idle();
  const { ingest } = workspace.platform;
  const page = { collectionId: collection.id, before: null, limit: 10 };
  const document = (await ingest.documents(workspace.context, page)).find(({ externalId }) => externalId === 'a.txt');
  await ingest.deleteDocument(workspace.context, document?.id ?? '');
  const again = await workspace.pass(collection, root, { force: true });
  expect(again.report.counts).toMatchObject({ added: 0, skipped: 1, unchanged: 1 });
  expect(await workspace.findWords(collection, 'dugong')).toEqual([]);
  await workspace.upload(collection, { name: 'a.txt', text: 'The dugong dives.' });
  await workspace.idle();
  expect(await workspace.findWords(collection, 'dugong')).toEqual(['a.txt']);
  const last = await workspace.pass(collection, root, { force: true });
  expect(last.report.counts).toMatchObject({ skipped: 0, unchanged: 2 });
});

test('the same bytes uploaded while their deletion is being carried out are there afterwards', async () => {
  const collection = await workspace.collection();
  const { ingest } = workspace.platform;
  for (let round = 0; round < 3; round++) {
    const file = { name: 'again.txt', text: 'The pangolin rolls up.' };
    const { documentId } = await workspace.upload(collection, file);
    const { erased } = await ingest.deleteDocument(workspace.context, documentId);
    const again = await workspace.upload(collection, file);
    await erased;
    const wanted = { documentId: again.documentId, version: null };
    expect((await ingest.text(workspace.context, wanted)).text).toContain('pangolin');
    await (await ingest.deleteDocument(workspace.context, again.documentId)).erased;
  }
});

test('several deletions are finished together', async () => {
  const collection = await workspace.collection();
  const ids: string[] = [];
  for (let i = 0; i < 8; i++)
    ids.push((await workspace.upload(collection, { name: `many-${i}.txt`, text: `Tapir ${i}.` })).documentId);
  await workspace.idle();
  const scrub = workspace.platform.database.scrub.bind(workspace.platform.database);
  let scrubs = 0;
  workspace.platform.database.scrub = async () => {
    scrubs++;
    await scrub();
  };
  const deletions = await Promise.all(ids.map((id) => workspace.platform.ingest.deleteDocument(workspace.context, id)));
  await Promise.all(deletions.map(({ erased }) => erased));
  expect(scrubs).toBeLessThanOrEqual(3);
  expect(await workspace.findWords(collection, 'tapir')).toEqual([]);
  const id = ids[0] ?? '';
  await expect(workspace.platform.ingest.deleteDocument(workspace.context, id)).rejects.toMatchObject({
    code: 'document.not-found',
  });
});
