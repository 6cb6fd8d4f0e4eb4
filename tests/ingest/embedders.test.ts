import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import type { Embedder } from '../../src/models/index.ts';
import { createFixedEmbedder } from '../../src/models/testing.ts';
import { createPlatform, type Platform } from '../../src/platform.ts';
import { copyTemplate } from '../../src/store/database-template.ts';

const TEXT = new TextEncoder().encode('The ferry to the island leaves at noon.\n');

describe('another embedder', () => {
  let folder = '';
  let home = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-embedders-'));
    home = join(folder, 'home');
    await copyTemplate(home);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = (embedder: Embedder): Promise<Platform> =>
    createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home), { embedder });

  it('gets an index of its own, and the words stay findable', async () => {
    const signal = new AbortController().signal;
    let platform = await open(createFixedEmbedder({ dimensions: 16 }));
    const context = platform.localContext();
    const made = await platform.ingest.ensureCollection(context, { name: 'ferries' });
    const upload = { name: 'ferry.txt', bytes: TEXT, declaredType: 'text/plain', given: {} };
    await platform.ingest.upload(context, { collection: made, signal }, upload);
    await platform.ingest.idle(context);
    await platform.close();

    const other = createFixedEmbedder({ dimensions: 24 });
    platform = await open({
      ...other,
      id: 'another-model',
      embed: other.embed.bind(other),
      close: other.close.bind(other),
    });
    await platform.ingest.idle(context);
    const collection = await platform.ingest.collection(context, 'ferries');
    expect(collection.settings.embedder).toEqual({ id: 'another-model', dimensions: 24 });
    const { text, vectors } = await platform.ingest.checkIndex(context, collection);
    const equal = { stored: 1, missing: 0, surplus: 0, duplicated: 0 };
    expect([text, vectors]).toEqual([equal, equal]);
    const filter = { op: 'all' } as const;
    const query = { collection, question: 'ferry island', asOf: Date.now(), filter, limit: 5, after: null, signal };
    const [found] = (await platform.search(context, query)).items;
    expect(found?.quote).toContain('ferry');
    expect(found?.vector).not.toBeNull();
    await platform.close();
  });

  it('whose window is too small for the chunks is refused', async () => {
    const platform = await open(createFixedEmbedder({ dimensions: 16, maxTokens: 128 }));
    const making = platform.ingest.ensureCollection(platform.localContext(), { name: 'ferries' });
    await expect(making).rejects.toMatchObject({ code: 'chunking.too-large' });
    await platform.close();
  });
});
