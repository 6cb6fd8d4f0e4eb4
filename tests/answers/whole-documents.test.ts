import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CollectionWords } from '../../src/answers/index.ts';
import { type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { silentLog } from '../../src/telemetry/index.ts';
import { createFixedEmbedder } from '../../src/testing.ts';

let home: string;
let platform: Platform;
let collection: Collection;
const signal = AbortSignal.timeout(120_000);

async function upload(name: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const given = { name, bytes, declaredType: undefined, given: {} };
  return (await platform.ingest.upload(platform.localContext(), { collection, signal }, given)).documentId;
}

const filler = (about: string): string => `The ${about} of the warehouse is described here at length. `.repeat(30);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-whole-'));
  const config = loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home);
  platform = await createPlatform(config, { embedder: createFixedEmbedder() });
  collection = await platform.ingest.ensureCollection(platform.localContext(), { name: 'whole' });
  await upload(
    'scattered.md',
    `# One\n\nThe forklift needs care. ${filler('floor')}\n\n# Two\n\nBatteries are charged at night.`,
  );
  await upload('passing.md', `# Other\n\nA forklift passed by. ${filler('roof')}`);
  await platform.ingest.idle(platform.localContext());
});

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

describe('the words of whole documents', () => {
  it('are counted for the first search and weigh in it', async () => {
    const page = await platform.search(platform.localContext(), {
      collection,
      question: 'forklift batteries',
      asOf: Date.now(),
      filter: { op: 'all' },
      limit: 10,
      after: null,
      explain: true,
      signal,
    });
    const stages = page.explain?.stages ?? [];
    expect(stages.map(({ stage }) => stage)).toEqual(['words', 'meaning', 'fusion', 'documents']);
    expect(stages.at(-1)?.what).toMatch(/^0\.5 of the words’ part is BM25 of the whole document/);
    const scoreOf = (stage: number, name: string): number => {
      const index = page.items.findIndex(({ externalId, quote }) => externalId === name && quote.includes('forklift'));
      return stages[stage]?.standings[index]?.score ?? 0;
    };
    // Both chunks name the forklift; the document that also names batteries is lifted, the other sinks.
    expect(scoreOf(3, 'scattered.md')).toBeGreaterThan(scoreOf(2, 'scattered.md'));
    expect(scoreOf(3, 'passing.md')).toBeLessThan(scoreOf(3, 'scattered.md'));
  });

  it('complete what a question says, and put what it quotes first', async () => {
    const search = async (question: string) =>
      await platform.search(platform.localContext(), {
        collection,
        question,
        asOf: Date.now(),
        filter: { op: 'all' },
        limit: 10,
        after: null,
        explain: true,
        signal,
      });
    const misspelt = await search('bateries forklfit');
    expect(misspelt.explain?.stages[0]).toMatchObject({ stage: 'question', ranked: 0 });
    expect(misspelt.explain?.stages[0]?.what).toBe('also looked for bateri as batteri; forklfit as forklift');
    expect(misspelt.items[0]?.text).not.toBeNull();
    const quoted = await search('forklift batteries "forklift passed"');
    expect(quoted.items[0]?.quote).toContain('A forklift passed by');
    expect(quoted.explain?.stages.at(-1)).toMatchObject({ stage: 'phrases' });
  });

  it('follow what is taken in and deleted', async () => {
    const words = new CollectionWords({ ...platform, log: silentLog, lookAgainMs: 0 });
    const context = platform.localContext();
    const now = async () => {
      await words.of(context, collection.id);
      await words.idle();
      return await words.of(context, collection.id);
    };
    expect((await now()).size).toBe(2);
    const added = await upload('added.md', 'A zeppelin hangs above.');
    await platform.ingest.idle(context);
    expect((await now()).frequencyOf('zeppelin')).toBe(1);
    await platform.ingest.deleteDocument(context, added);
    await platform.ingest.idle(context);
    const after = await now();
    expect([after.size, after.frequencyOf('zeppelin')]).toEqual([2, 0]);
    await words.close();
  });
});
