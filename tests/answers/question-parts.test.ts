/** Several questions asked in one, with the reader of answers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';

let home: string;
let platform: Platform;
let collection: Collection;

const DOCUMENTS = {
  'parking.md': `# Parking and shuttle bus

The bus runs every 20 minutes from 7.40 to 17.40. It is free with a lift pass; all others pay €2.50. Season pass holders park free in P3.`,
  'snow.md': `# Making snow

The water comes from the Tarn reservoir, which holds 38,000 cubic metres. We may take no more than 60 litres a second. Pumps are checked in October.`,
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-parts-'));
  platform = await createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home));
  const context = platform.localContext();
  collection = await platform.ingest.ensureCollection(context, { name: 'resort' });
  const signal = AbortSignal.timeout(60_000);
  for (const [name, text] of Object.entries(DOCUMENTS)) {
    const bytes = new TextEncoder().encode(text);
    await platform.ingest.upload(context, { collection, signal }, { name, bytes, declaredType: undefined, given: {} });
  }
  await platform.ingest.idle(context);
}, 120_000);

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

async function said(text: string): Promise<string[]> {
  const question = {
    collection,
    text,
    asOf: null,
    filter: { op: 'all' } as const,
    signal: AbortSignal.timeout(30_000),
  };
  const { sentences } = await platform.ask(platform.localContext(), question);
  return sentences.map((sentence) => sentence.text);
}

describe('several questions in one', () => {
  it('get the longer of two sentences where one is part of the other', async () => {
    expect(await said('How often does the shuttle bus run by day, and what does it cost without a lift pass?')).toEqual(
      ['The bus runs every 20 minutes from 7.40 to 17.40. It is free with a lift pass; all others pay €2.50.'],
    );
  });

  it('are each read like a question by itself, where the best sentence is doubted', async () => {
    expect(await said('How much water does the Tarn reservoir hold and how much may be taken per second?')).toEqual([
      'The water comes from the Tarn reservoir, which holds 38,000 cubic metres.',
      'We may take no more than 60 litres a second.',
    ]);
  });
});
