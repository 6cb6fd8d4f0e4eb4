/** The process that is killed: checks what the ones before it left, then ingests, uploads and deletes until it dies. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/index.ts';
import { createFixedEmbedder } from '../../src/models/testing.ts';
import { createPlatform, type Platform } from '../../src/platform.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { seeded, type Task, type Told } from './protocol.ts';
import { verify } from './verify.ts';

function tell(told: Told): void {
  process.send?.(told);
}

const filler = 'Shelves, boxes and labels are counted once a year by two people who sign the list. ';

/** A text of a few chunks that holds the word in each. */
function textOf(word: string, random: () => number): string {
  const sections = 1 + Math.floor(random() * 4);
  return Array.from({ length: sections }, (_, i) => `# Part ${i}\n\nAbout ${word}. ${filler.repeat(8)}`).join('\n\n');
}

function wordOf(random: () => number): string {
  return `w${Math.floor(random() * 1e12).toString(36)}x`;
}

async function work(platform: Platform, task: Task): Promise<void> {
  const context = platform.localContext('work');
  const collection = await platform.ingest.ensureCollection(context, { name: 'crash' });
  const random = seeded(task.seed);
  await mkdir(task.folder, { recursive: true });
  for (let i = 0; i < 25; i++)
    await writeFile(join(task.folder, `${Math.floor(random() * 200)}.md`), textOf(wordOf(random), random));
  tell({ kind: 'working' });
  const spec = { kind: 'folder' as const, root: task.folder, include: [], exclude: [] };
  const options = { force: random() < 0.2, confirmDeletions: false };
  await platform.ingest.startRun(context, collection, { spec, options });
  const deletable: { documentId: string; word: string }[] = [];
  for (;;) {
    const word = wordOf(random);
    const name = random() < 0.3 ? `again-${Math.floor(random() * 5)}.md` : `${word}.md`;
    const bytes = new TextEncoder().encode(textOf(word, random));
    const upload = { name, bytes, declaredType: undefined, given: {} };
    const signal = AbortSignal.timeout(30_000);
    const { documentId, versionId } = await platform.ingest.upload(context, { collection, signal }, upload);
    tell({ kind: 'stored', documentId, versionId });
    if (name.startsWith(word)) deletable.push({ documentId, word });
    const victim = random() < 0.15 ? deletable.shift() : undefined;
    if (victim === undefined) continue;
    tell({ kind: 'deleting', ...victim });
    await platform.ingest.deleteDocument(context, victim.documentId);
    tell({ kind: 'deleted', ...victim });
  }
}

/** Every version that was committed, by whatever way. */
async function tellStored(platform: Platform): Promise<void> {
  const context = platform.localContext('events');
  for await (const event of platform.events.follow(context, 0, new AbortController().signal)) {
    if (event.type !== 'document.stored') continue;
    tell({ kind: 'stored', documentId: event.subjectId, versionId: String(event.data?.['versionId']) });
  }
}

async function main(task: Task): Promise<void> {
  const startedAt = Date.now();
  const config = loadConfig({ PLUMB_HOME: task.home }, task.home);
  const platform = await createPlatform(config, { embedder: createFixedEmbedder(), log: silentLog });
  const reached = (stage: string): void => tell({ kind: 'reached', stage });
  reached('open');
  const verdict = await verify(platform, task.ledger, { startedAt, last: task.last, reached });
  tell({ kind: 'verified', verdict });
  if (task.last) {
    await platform.close();
    process.disconnect();
    return;
  }
  void tellStored(platform);
  await work(platform, task);
}

process.once('message', (task: Task) => {
  main(task).catch((error: unknown) => {
    tell({ kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exitCode = 1;
    process.disconnect();
  });
});
