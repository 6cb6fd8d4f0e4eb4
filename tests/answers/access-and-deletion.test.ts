import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { createFixedEmbedder } from '../../src/testing.ts';

let home: string;
let platform: Platform;
/** Runs once, when sentences are about to be compared: evidence has been read, nothing is stored yet. */
let amidAnswering: (() => Promise<void>) | null = null;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-answers-'));
  const config = loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home);
  const onEmbed = async (_: readonly string[], { purpose }: { readonly purpose: string }): Promise<void> => {
    const interrupt = purpose === 'document' ? amidAnswering : null;
    if (interrupt === null) return;
    amidAnswering = null;
    await interrupt();
  };
  platform = await createPlatform(config, { embedder: createFixedEmbedder({ onEmbed }) });
});

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

const signal = AbortSignal.timeout(120_000);

async function upload(collection: Collection, file: { name: string; text: string; acl?: string[] }): Promise<string> {
  const context = platform.localContext();
  const given = file.acl === undefined ? {} : { acl: file.acl };
  const bytes = new TextEncoder().encode(file.text);
  const stored = await platform.ingest.upload(
    context,
    { collection, signal },
    { name: file.name, bytes, declaredType: undefined, given },
  );
  await platform.ingest.idle(context);
  return stored.documentId;
}

async function newCollection(name: string): Promise<Collection> {
  return await platform.ingest.ensureCollection(platform.localContext(), { name });
}

async function ask(collection: Collection, text: string, groups?: string[]): Promise<Answer> {
  const context = { ...platform.localContext(), ...(groups === undefined ? {} : { groups }) };
  return await platform.ask(context, { collection, text, asOf: null, filter: { op: 'all' }, signal });
}

describe('an answer', () => {
  it('shows nothing of a document its reader may not read', async () => {
    const collection = await newCollection('access');
    const secret = { name: 'board.md', text: '# Board\n\nThe merger budget is EUR 900 million.', acl: ['g:board'] };
    const documentId = await upload(collection, secret);
    await upload(collection, { name: 'all.md', text: '# Everyone\n\nThe merger is not decided yet.' });
    const question = 'What is the merger budget?';
    const everyone = await ask(collection, question);
    expect(JSON.stringify(everyone)).not.toContain('EUR 900');
    expect(everyone.candidates.map((each) => each.documentId)).not.toContain(documentId);
    const board = await ask(collection, question, ['g:everyone', 'g:board']);
    expect(board.candidates.map((each) => each.documentId)).toContain(documentId);
    expect(JSON.stringify(board)).toContain('EUR 900');
    await expect(platform.answer(platform.localContext(), board.id)).rejects.toMatchObject({
      code: 'answer.not-found',
    });
    const boardContext = { ...platform.localContext(), groups: ['g:everyone', 'g:board'] };
    expect(await platform.answer(boardContext, board.id)).toEqual(board);
  });

  it('asks the store who may read, although the index does not know yet', async () => {
    const collection = await newCollection('withdrawn');
    const documentId = await upload(collection, { name: 'plan.md', text: '# Plan\n\nThe move costs EUR 700.' });
    expect((await ask(collection, 'What does the move cost?')).candidates).toHaveLength(1);
    const restrict = `update documents set acl = '{g:board}' where id = $1`;
    await platform.database.withTenant(platform.localContext(), (tx) => tx.query(restrict, [documentId]));
    expect(await ask(collection, 'What does the move cost?')).toMatchObject({ kind: 'abstained', candidates: [] });
  });

  it('is made anew when a document it shows is deleted while it is made', async () => {
    const collection = await newCollection('race');
    const documentId = await upload(collection, { name: 'fee.md', text: '# Fees\n\nThe yearly fee is EUR 12.' });
    amidAnswering = async () => {
      await platform.ingest.deleteDocument(platform.localContext(), documentId);
    };
    const answer = await ask(collection, 'What is the yearly fee?');
    expect(answer).toMatchObject({ kind: 'abstained', candidates: [], citations: [], nearest: [] });
    const kept = await platform.database.withTenant(platform.localContext(), (tx) =>
      tx.query('select id from answers where document_ids @> array[$1::uuid]', [documentId]),
    );
    expect(kept).toEqual([]);
  });

  it('is gone when a document it shows is deleted', async () => {
    const collection = await newCollection('deletion');
    const documentId = await upload(collection, { name: 'rate.md', text: '# Rates\n\nThe daily rate is EUR 58.' });
    const answer = await ask(collection, 'What is the daily rate?');
    expect(await platform.answer(platform.localContext(), answer.id)).toEqual(answer);
    await (await platform.ingest.deleteDocument(platform.localContext(), documentId)).erased;
    await expect(platform.answer(platform.localContext(), answer.id)).rejects.toMatchObject({
      code: 'answer.not-found',
    });
    const after = await ask(collection, 'What is the daily rate?');
    expect(after).toMatchObject({ kind: 'abstained', candidates: [], nearest: [] });
  });

  it('quotes the canonical text word for word, whatever the document', async () => {
    const collection = await newCollection('any-text');
    const paragraph = fc.oneof(
      fc.lorem({ mode: 'sentences', maxCount: 4 }),
      fc.constantFrom(
        '## Heading',
        '- one\n- two',
        '| A | B |\n| - | - |\n| rate | 58 |',
        '> quoted 😀',
        '`code` & *bold*',
      ),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    const documents = fc.array(paragraph, { minLength: 3, maxLength: 20 }).map((each) => each.join('\n\n'));
    await fc.assert(
      fc.asyncProperty(documents, fc.nat(), async (body, n) => {
        await upload(collection, { name: `text-${n}.md`, text: `# The rate\n\nThe rate of lorem is 58.\n\n${body}` });
        const answer = await ask(collection, 'What is the rate of lorem ipsum dolor?');
        for (const { documentId, version, start, end, quote } of [...answer.citations, ...answer.nearest]) {
          const { text } = await platform.ingest.text(platform.localContext(), { documentId, version });
          expect(text.slice(start, end)).toBe(quote);
        }
        expect(answer.candidates.length).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });

  it('cites only what the document says now, however it was edited', async () => {
    const collection = await newCollection('edits');
    let lines = ['The rate of lorem is 58.', 'The rate of ipsum is 12.', 'Dolor is paid on Friday.', 'Amet is free.'];
    const edit = fc.record({ at: fc.nat(9), put: fc.option(fc.lorem({ maxCount: 6 })) });
    await fc.assert(
      fc.asyncProperty(edit, async ({ at, put }) => {
        lines = lines.toSpliced(
          at % lines.length,
          put === null && lines.length > 1 ? 1 : 0,
          ...(put === null ? [] : [put]),
        );
        const documentId = await upload(collection, { name: 'rates.md', text: `# Rates\n\n${lines.join('\n\n')}\n` });
        const answer = await ask(collection, 'What is the rate of lorem?');
        const { text } = await platform.ingest.text(platform.localContext(), { documentId, version: null });
        for (const { start, end, quote } of [...answer.citations, ...answer.nearest]) {
          expect(text.slice(start, end)).toBe(quote);
        }
      }),
      { numRuns: 12 },
    );
  });
});
