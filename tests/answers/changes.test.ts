import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Collection, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { createFixedEmbedder } from '../../src/testing.ts';

let home: string;
let platform: Platform;
let collection: Collection;
const signal = AbortSignal.timeout(120_000);
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-changes-'));
  await copyTemplate(home);
  platform = await createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home), {
    embedder: createFixedEmbedder({}),
  });
  collection = await platform.ingest.ensureCollection(platform.localContext(), { name: 'rules' });
  const leave = (days: number, end: string): string =>
    `# Annual leave\n\nStaff have ${days} days of annual leave. Ask your lead.\n\n${end}\n`;
  await upload('leave.md', leave(25, 'Leave ends in March.'), { effectiveFrom: day('2023-01-01') });
  await upload('leave.md', leave(27, 'Birthdays are free.'), { effectiveFrom: day('2025-01-01') });
  await upload('board.md', '# Board pay\n\nThe board is paid EUR 100.', {
    acl: ['g:board'],
    effectiveFrom: day('2023-01-01'),
  });
  await upload('board.md', '# Board pay\n\nThe board is paid EUR 900.', {
    acl: ['g:board'],
    effectiveFrom: day('2025-01-01'),
  });
  await upload('old-travel.md', '# Travel rules 2023\n\nTrips by train are paid up to EUR 50.', {
    effectiveFrom: day('2023-01-01'),
    effectiveTo: day('2025-03-01'),
  });
  await upload('booking.md', '# Travel\n\nTravel is booked by the desk.', { effectiveFrom: day('2025-02-01') });
  await upload('travel.md', '# Travel rules\n\nBy train\n\nTrips by train are paid up to EUR 80.', {
    effectiveFrom: day('2025-03-01'),
  });
}, 120_000);

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

async function upload(name: string, text: string, given: object): Promise<void> {
  const context = platform.localContext();
  const bytes = new TextEncoder().encode(text);
  await platform.ingest.upload(context, { collection, signal }, { name, bytes, declaredType: undefined, given });
  await platform.ingest.idle(context);
}

async function ask(text: string, more: object = {}, groups = ['g:everyone']): Promise<Answer> {
  const context = { ...platform.localContext(), groups };
  return await platform.ask(context, { collection, text, asOf: null, filter: { op: 'all' }, signal, ...more });
}

const quotes = (answer: Answer) =>
  answer.changes?.items.map((each) =>
    [each.before, each.after].map((i) => (i === null ? null : answer.citations[i]?.quote)),
  );

describe('a question what changed', () => {
  it('is answered from the versions that were valid, with both wordings, versions and dates', async () => {
    const answer = await ask('What changed in annual leave between 2024-01-01 and 2025-06-01?');
    expect(answer.kind).toBe('extractive');
    expect(quotes(answer)).toEqual([
      ['Staff have 25 days of annual leave.', 'Staff have 27 days of annual leave.'],
      ['Leave ends in March.', null],
      [null, 'Birthdays are free.'],
    ]);
    expect(answer.text).toContain('(version 1, valid from 2023-01-01 until 2025-01-01)');
    expect(answer.text).toContain('(version 2, valid from 2025-01-01)');
    expect(await platform.answer(platform.localContext(), answer.id)).toEqual(answer);
    const within = await ask('What changed in the annual leave policy in 2025?');
    expect(quotes(within)).toEqual(quotes(answer));
  });

  it('compares versions, and documents that took the place of others', async () => {
    const versions = await ask('annual leave', { between: { from: { version: 1 }, to: { version: 2 } } });
    expect(quotes(versions)).toHaveLength(3);
    const travel = await ask('What is new about travel rules since January 2025?');
    expect(quotes(travel)).toContainEqual([
      'Trips by train are paid up to EUR 50.',
      'Trips by train are paid up to EUR 80.',
    ]);
    expect(quotes(travel)).not.toContainEqual([null, 'By train']);
    expect(quotes(travel)).toContainEqual([null, 'Travel is booked by the desk.']);
  });

  it('tells of nothing its reader may not read, and of nothing that stayed', async () => {
    const all = 'What changed between 2024-01-01 and 2025-06-01?';
    expect(JSON.stringify(await ask(all))).not.toContain('oard');
    expect((await ask(all, {}, ['g:everyone', 'g:board'])).text).toContain('EUR 900');
    const board = await ask('What changed in board pay between 2024-01-01 and 2025-06-01?');
    expect(JSON.stringify({ ...board, question: '', reason: '' })).not.toContain('oard');
    const same = await ask('What changed between 2023-02-01 and 2024-02-01?');
    expect(same).toMatchObject({ kind: 'abstained', text: '', citations: [] });
    expect(same.reason).toContain('says anything else');
  });

  it('does not tell a part of the changes as if it were all', async () => {
    const context = platform.localContext();
    const many = await platform.ingest.ensureCollection(context, { name: 'many' });
    const files = Array.from({ length: 101 }, (_, i) => `Rule ${i} says that gate ${i} closes at noon.`);
    for (const [i, text] of files.entries()) {
      const file = { name: `rule-${i}.txt`, bytes: new TextEncoder().encode(text), declaredType: undefined };
      const given = { effectiveFrom: day('2024-06-01') };
      await platform.ingest.upload(context, { collection: many, signal }, { ...file, given });
    }
    await platform.ingest.idle(context);
    const text = 'What changed between 2024-01-01 and 2025-01-01?';
    const question = { collection: many, text, asOf: null, filter: { op: 'all' as const }, signal };
    const answer = await platform.ask(context, question);
    expect(answer).toMatchObject({ kind: 'abstained', sentences: [], citations: [] });
    expect(answer.reason).toContain('Name a document');
  });
});

describe('several questions in one', () => {
  it('are answered each by itself, in their order, and one that nothing answers is named', async () => {
    const days = 'How many days of annual leave do staff have';
    const both = await ask(`${days}, and what are trips by train paid up to?`);
    expect(both.sentences.map(({ text }) => text)).toEqual([
      'Staff have 27 days of annual leave.',
      'Trips by train are paid up to EUR 80.',
    ]);
    expect(both.reason).toBeNull();
    const one = await ask(`${days}, and where do penguins hibernate quietly?`);
    expect(one).toMatchObject({ kind: 'extractive', text: 'Staff have 27 days of annual leave.' });
    expect(one.reason).toBe('Nothing answers: “where do penguins hibernate quietly?”.');
    const none = await ask('Why do penguins hibernate quietly, and where do walruses dance?');
    expect(none).toMatchObject({ kind: 'abstained', text: '' });
    expect(none.timings).toHaveProperty('correctMs');
  });
});
