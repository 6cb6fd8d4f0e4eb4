import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';

const DOCUMENTS = new URL('../../bench/answers/steps/documents/', import.meta.url);

let home: string;
let platform: Platform;
let collection: Collection;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-classes-'));
  platform = await createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home));
  const context = platform.localContext();
  collection = await platform.ingest.ensureCollection(context, { name: 'classes' });
  const signal = AbortSignal.timeout(60_000);
  for (const name of await readdir(DOCUMENTS)) {
    const bytes = await readFile(new URL(name, DOCUMENTS));
    await platform.ingest.upload(context, { collection, signal }, { name, bytes, declaredType: undefined, given: {} });
  }
  await platform.ingest.idle(context);
}, 120_000);

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

/** The sentences of an answer; null: it abstains. */
async function said(text: string): Promise<string[] | null> {
  const signal = AbortSignal.timeout(30_000);
  const question = { collection, text, asOf: null, filter: { op: 'all' } as const, signal };
  const { kind, sentences } = await platform.ask(platform.localContext(), question);
  return kind === 'abstained' ? null : sentences.map((sentence) => sentence.text);
}

describe('what holds for a class of things', () => {
  it('is found for a thing that another sentence puts into the class', async () => {
    expect(await said('How long can I keep a camera?')).toEqual([
      'Musical instruments, tools and cameras are in category 3.',
      'Category: 3; Loan: three days; Renewals: none; Late fee a day: EUR 3',
    ]);
  });

  it('is told together with what puts the thing into the class', async () => {
    expect(await said('Can I take my bicycle to Mosen?')).toEqual([
      'Area C includes the airport, Mosen and Steig.',
      'Bicycles are carried to area C only, in the trailer, from May to October.',
    ]);
  });

  it('is not told of another class', async () => {
    const told = await said('How soon is work begun when a printer is down?');
    expect(told).toEqual(['Fault: One printer is down; Priority: 3', 'Priority 3 is begun on the next working day.']);
  });

  it('is not made up where nothing holds for the class', async () => {
    expect(await said('How many cameras are there?')).toBeNull();
    expect(await said('Which carrier flies the parcels to Norway?')).toBeNull();
  });
});
