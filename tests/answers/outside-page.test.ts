import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { createFixedEmbedder } from '../../src/testing.ts';

const QUESTION = 'What is the yearly fee?';
const FEE = 'The yearly fee is 400 euros.';

/** A PDF of one page, 300 × 200 points, with each text at a height; one above 200 is outside the page. */
function pdf(texts: readonly (readonly [height: number, text: string])[]): Uint8Array {
  const content = texts.map(([height, text]) => `BT /F 10 Tf 20 ${height} Td (${text}) Tj ET\n`).join('');
  return Buffer.from(
    '%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[4 0 R]/Count 1>>\nendobj\n' +
      '3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier>>\nendobj\n' +
      '4 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox [0 0 300 200]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>\nendobj\n' +
      `5 0 obj\n<</Length ${content.length}>>\nstream\n${content}\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n`,
  );
}

let home: string;
let platform: Platform;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-outside-'));
  const config = loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home);
  platform = await createPlatform(config, { embedder: createFixedEmbedder() });
});

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

const signal = AbortSignal.timeout(60_000);

/** A collection of its own with one PDF that says the fee at this height. */
async function withFeeAt(name: string, height: number): Promise<Collection> {
  const context = platform.localContext();
  const collection = await platform.ingest.ensureCollection(context, { name });
  const bytes = pdf([
    [100, 'Our library opens at nine.'],
    [height, FEE],
  ]);
  const file = { name: 'library.pdf', bytes, declaredType: 'application/pdf', given: {} };
  await platform.ingest.upload(context, { collection, signal }, file);
  await platform.ingest.idle(context);
  return collection;
}

async function ask(collection: Collection): Promise<Answer> {
  const question = { collection, text: QUESTION, asOf: null, filter: { op: 'all' } as const, signal };
  return await platform.ask(platform.localContext(), question);
}

describe('a sentence of a PDF', () => {
  it('is the answer when a reader of the page sees it', async () => {
    const answer = await ask(await withFeeAt('seen', 60));
    expect(answer).toMatchObject({ kind: 'extractive' });
    expect(answer.text).toContain('400 euros');
  });

  it('outside the visible page is found by a search, which says where it is; no answer and no evidence has it', async () => {
    const collection = await withFeeAt('unseen', 400);
    const filter = { op: 'all' } as const;
    const query = { collection, question: QUESTION, asOf: Date.now(), filter, limit: 5, after: null, signal };
    const { items } = await platform.search(platform.localContext(), query);
    const found = items.filter((item) => item.quote.includes('400 euros'));
    expect(found).toMatchObject([{ headingPath: ['Outside the visible page'], page: 1 }]);

    const answer = await ask(collection);
    expect(answer).toMatchObject({ kind: 'abstained', text: '', citations: [] });
    expect(JSON.stringify(answer)).not.toContain('400 euros');
  });
});
