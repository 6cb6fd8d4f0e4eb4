/** Questions that can mean several things, answered with the default embedder and no model, then with one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';

const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  offices: {
    'oslo.md':
      '# Oslo office guide\n\nThe office opens at 8:00. Marit Dahl is the office manager. Dogs are welcome in the office. There is free parking.\n',
    'paris.md':
      '# Paris office guide\n\nThe office opens at 9:30. Luc Morel is the office manager. Dogs are not welcome in the office. There is free parking.\n',
    'rome.md':
      '# Rome office guide\n\nThe office opens at 7:15. Ada Conti is the office manager. There is free parking.\n',
  },
  products: {
    'sheets.md':
      '# Data sheets\n\n## Estuary sonde\n\nThe battery lasts 14 months.\n\n## Sluice gateway\n\nThe battery lasts 3 years.\n',
  },
  disagreeing: {
    'policy.md': '# Equipment policy\n\nLaptops are replaced after 48 months.\n',
    'guide.md': '# IT onboarding guide\n\nLaptops are replaced every 36 months.\n',
  },
};

let home: string;
let platform: Platform;
const signal = AbortSignal.timeout(120_000);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plumb-clarify-'));
  await copyTemplate(home);
  platform = await createPlatform(loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home));
  const context = platform.localContext();
  for (const [name, files] of Object.entries(DOCUMENTS)) {
    const collection = await platform.ingest.ensureCollection(context, { name });
    for (const [file, text] of Object.entries(files)) {
      const given = { name: file, bytes: new TextEncoder().encode(text), declaredType: undefined, given: {} };
      await platform.ingest.upload(context, { collection, signal }, given);
    }
  }
  await platform.ingest.idle(context);
}, 120_000);

afterAll(async () => {
  await platform.close();
  await rm(home, { recursive: true, force: true });
});

async function ask(collection: string, text: string, earlier: readonly string[] = []): Promise<Answer> {
  const context = platform.localContext();
  const found = await platform.ingest.collection(context, collection);
  return await platform.ask(context, { collection: found, text, asOf: null, filter: { op: 'all' }, earlier, signal });
}

const labels = ({ clarification }: Answer): string[] => (clarification?.options ?? []).map(({ label }) => label).sort();

describe('a question that several subjects answer otherwise', () => {
  it.each([
    ['offices', 'When does the office open?', ['Oslo', 'Paris', 'Rome']],
    ['offices', 'Who is the office manager?', ['Oslo', 'Paris', 'Rome']],
    ['offices', 'Are dogs welcome in the office?', ['Oslo', 'Paris']],
    ['products', 'How long does the battery last?', ['Estuary sonde', 'Sluice gateway']],
  ])('in %s: %s', async (collection, question, subjects) => {
    const answer = await ask(collection, question);
    expect(answer.kind).toBe('clarification');
    expect(labels(answer)).toEqual(subjects);
    expect(answer.conflicts).toEqual([]);
    for (const subject of subjects) expect(answer.text).toContain(`${subject}: `);
    const last = answer.sentences.at(-1);
    expect(last).toMatchObject({ text: answer.clarification?.question, verdict: 'not-a-claim', citations: [] });
    for (const { verdict, citations } of answer.sentences.slice(0, -1)) {
      expect(verdict).toBe('quoted');
      expect(citations).toHaveLength(1);
    }
  });

  it('is answered for the one that is chosen', async () => {
    const question = 'When does the office open?';
    const asked = await ask('offices', question);
    for (const [label, time] of [
      ['Oslo', '8:00'],
      ['Paris', '9:30'],
      ['Rome', '7:15'],
    ]) {
      const option = asked.clarification?.options.find((each) => each.label === label);
      const answer = await ask('offices', option?.question ?? '', [question]);
      expect(answer.kind, label).toBe('extractive');
      expect(answer.text, label).toContain(time);
      expect(answer.conflicts, label).toEqual([]);
    }
  });

  it('is told as it is stored, event by event', async () => {
    const context = platform.localContext();
    const collection = await platform.ingest.collection(context, 'offices');
    const id = platform.beginAnswer(context, {
      collection,
      text: 'When does the office open?',
      asOf: null,
      filter: { op: 'all' },
    });
    let words = '';
    for await (const event of platform.streams.follow(context, { id, after: 0, signal }))
      if (event.type === 'text.added') words += event.data.text;
    expect(words).toBe((await platform.answer(context, id)).text);
  });
});

describe('no question is asked back', () => {
  it.each([
    ['offices', 'When does the Paris office open?'],
    ['offices', 'Is there free parking?'],
    ['offices', 'How is the weather in the mountains?'],
    ['disagreeing', 'When are laptops replaced?'],
  ])('in %s: %s', async (collection, question) => {
    const answer = await ask(collection, question);
    expect(answer.kind).not.toBe('clarification');
    expect(answer.clarification).toBeUndefined();
    expect(answer.conflicts.length).toBe(collection === 'disagreeing' ? 1 : 0);
  });
});
