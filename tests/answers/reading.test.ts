import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answer, createPlatform, loadConfig, type Platform } from '../../src/index.ts';
import type { RetrievalSettings } from '../../src/retrieval/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { createFixedEmbedder, startTestProvider, type TestProvider } from '../../src/testing.ts';

/** Fills a chunk of its own. */
const filler = (about: string): string =>
  Array.from({ length: 14 }, (_, n) => `Rule ${about}${n} of ${about} speaks of ${about} in its own way.`).join(' ');
const MANUAL = `# Manual

## Pumps

The first word on pumps. ${filler('alpha')}

The quillon valve opens at noon. ${filler('beta')}

The last word on pumps. ${filler('gamma')}

## Boilers

A word on boilers. ${filler('delta')}
`;

let home: string;
let platform: Platform;
let provider: TestProvider;
let prompt = '';

beforeAll(async () => {
  provider = await startTestProvider({
    reply: ({ body }) => {
      prompt = (body as { messages: { content: string }[] }).messages.at(-1)?.content ?? '';
      return { pieces: ['The quillon valve opens at noon. [1]'] };
    },
  });
  home = await mkdtemp(join(tmpdir(), 'plumb-reading-'));
  await copyTemplate(home);
  const model = { provider: 'here', model: 'test', private: true, level: 3, contextTokens: 32_000 };
  const registry = {
    providers: { here: { kind: 'openai-compatible', url: provider.url } },
    models: { test: { ...model, price: { inputUsdPerMillion: 0 }, limits: { attempts: 1 } } },
  };
  await writeFile(join(home, 'models.json'), JSON.stringify(registry));
  const config = loadConfig({ PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home);
  platform = await createPlatform(config, { embedder: createFixedEmbedder({}) });
  const context = platform.localContext();
  const collection = await platform.ingest.ensureCollection(context, { name: 'rules' });
  for (const [name, text] of [
    ['manual.md', MANUAL],
    ['copy.md', MANUAL.replaceAll('noon', 'Noon')],
    ['other.md', `# Other\n\nThe quillon valve is loud. ${filler('omega')}\n`],
  ] as const) {
    const given = { name, bytes: new TextEncoder().encode(text), declaredType: undefined, given: {} };
    await platform.ingest.upload(context, { collection, signal: AbortSignal.timeout(60_000) }, given);
  }
  await platform.ingest.idle(context);
}, 120_000);

afterAll(async () => {
  await platform.close();
  await provider.close();
  await rm(home, { recursive: true, force: true });
});

async function ask(settings: RetrievalSettings): Promise<{ answer: Answer; passages: string[] }> {
  const context = platform.localContext();
  const collection = await platform.ingest.setRetrieval(context, 'rules', settings);
  const signal = AbortSignal.timeout(60_000);
  const text = 'When does the quillon valve open?';
  const answer = await platform.ask(context, { collection, text, asOf: null, filter: { op: 'all' }, signal });
  const passages = [...prompt.matchAll(/<(data-\w+) passage \d+>\n(.*?)\n<\/\1>/gs)].map(([, , words = '']) => words);
  return { answer, passages };
}

const about = (passages: readonly string[], words: string): string =>
  passages.find((each) => each.includes(words)) ?? '';

it('reads a passage with its neighbours of the same section, cites it as it was read, and says what was done', async () => {
  const { answer, passages } = await ask({ documentWords: 0 });
  const read = passages.find((each) => /opens at noon/i.test(each)) ?? '';
  // Which of two equal passages is kept is chance: where the neighbour is kept of the same document, it is read by itself.
  expect(passages.some((each) => /word on pumps/i.test(each))).toBe(true);
  expect(read).not.toContain('A word on boilers');
  expect(read).not.toContain('is loud');
  expect(answer.citations[0]?.quote).toMatch(/opens at noon/i);
  expect(answer.record.reading.join('\n')).toMatch(
    /duplicates: [1-9]\d* of \d+ .*\ncontext: [1-9]\d* of .*up to 1 neighbours.*\npassageTokens: \d+ of \d+ .* 4000 tokens/,
  );
});

it('reads more where the best passages leave room, and nothing beside them where they do not', async () => {
  const wide = await ask({ context: 2, passageTokens: 20_000 });
  const narrow = await ask({ context: 0, passageTokens: 600, duplicates: 0 });
  expect(narrow.passages.length).toBeLessThan(5);
  expect(wide.passages.join('').length).toBeGreaterThan(narrow.passages.join('').length * 2);
  expect(narrow.answer.record.reading.join('\n')).toContain('context: 0 of');
});

it('reads what several documents say once, and says so, unless told to read all', async () => {
  const settings = { context: 0, passageTokens: 20_000 };
  const once = await ask(settings);
  expect(about(once.passages, 'quillon valve opens')).toContain('2 passages say the same');
  const all = await ask({ ...settings, duplicates: 0 });
  expect(all.passages.filter((each) => /quillon valve opens/.test(each))).toHaveLength(2);
  expect(all.passages.join()).not.toContain('say the same');
});
