import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { startTestProvider, type TestProvider } from '../../src/testing.ts';
import { browserPath, openBrowser, openPage } from './open-browser.ts';
import { declaredModel } from '../answers/declared-model.ts';

const title =
  browserPath === null
    ? 'replays and questions asked back, on the page: skipped, install Debian’s chromium or set PLUMB_TEST_CHROMIUM to one'
    : 'replays and questions asked back, on the page';

const LEAVE = 'A full-time employee has 27 days of paid annual leave.';
const DOCUMENTS = {
  'leave.md': `# Leave\n\n${LEAVE} Leave is asked for in Roster.\n`,
  'oslo.md': '# Oslo office guide\n\nThe office opens at 8:00.\n',
  'paris.md': '# Paris office guide\n\nThe office opens at 9:30.\n',
};
const QUESTION = 'How many days of paid annual leave does a full-time employee have?';

describe.skipIf(browserPath === null)(title, () => {
  let folder: string;
  let provider: TestProvider;
  let browser: Browser;
  /** With a model, and without. */
  const servers: RunningServer[] = [];

  async function start(home: string): Promise<RunningServer> {
    await copyTemplate(home);
    const running = await startServer(loadConfig({ PORT: '0', PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home));
    servers.push(running);
    const { ingest, localContext } = running.platform;
    const context = localContext();
    const collection = await ingest.ensureCollection(context, { name: 'documents' });
    for (const [name, text] of Object.entries(DOCUMENTS)) {
      const upload = { name, bytes: new TextEncoder().encode(text), declaredType: undefined, given: {} };
      await ingest.upload(context, { collection, signal: AbortSignal.timeout(30_000) }, upload);
    }
    await ingest.idle(context);
    running.ready();
    return running;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-replay-'));
    provider = await startTestProvider({
      reply: ({ rawBody }) => {
        const other = rawBody.includes('word by word wherever possible'); // answer@2
        const said = other
          ? ['A full-time employee has 27 days of leave. [1]']
          : [`${LEAVE} [1] Leave is asked for in Roster. [1]`];
        return { pieces: said };
      },
    });
    const [withModel, without] = [await mkdtemp(join(folder, 'a-')), await mkdtemp(join(folder, 'b-'))];
    await writeFile(join(withModel, 'models.json'), JSON.stringify(declaredModel(provider.url)));
    browser = await openBrowser();
    await start(withModel);
    await start(without);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    for (const each of servers) await each.stop();
    await provider?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(page: Page, server: RunningServer | undefined, question: string): Promise<void> {
    await page.goto(server?.address ?? '');
    await page.fill('#question', question);
    await page.click('#ask-button');
    await page.waitForSelector('.answer-foot');
  }

  it('make an answer again with another prompt, by keyboard, and show what became of each claim', async () => {
    const { page, complaints } = await openPage(browser, { colorScheme: 'dark' });
    await ask(page, servers[0], QUESTION);
    await page.focus('.answer-foot button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.replay select:focus');
    expect(await page.locator('.replay select >> nth=0').locator('option').allTextContents()).toEqual([
      'as it was (answer@1)',
      'answer@1',
      'answer@2',
    ]);
    expect(await page.locator('.replay select >> nth=1').locator('option').allTextContents()).toEqual([
      'as it was (test)',
      'test',
    ]);
    await page.locator('.replay select >> nth=0').selectOption('answer@2');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.comparison:focus');
    expect(await page.textContent('.comparison h3')).toBe('2 of 2 claims differ.');
    const what = await page
      .locator('.compared')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-what')));
    expect(new Set(what)).toEqual(new Set(['removed', 'reworded']));
    expect(await page.textContent('[data-what=reworded] del')).toBe(LEAVE);
    expect(await page.textContent('[data-what=reworded] ins')).toContain('27 days of leave');
    await page.keyboard.press('Escape');
    expect(await page.isHidden('.replay')).toBe(true);
    expect(await page.textContent(':focus')).toBe('Replay');

    await page.keyboard.press('Enter');
    await page.click('.replay-sides a >> nth=1');
    await page.waitForSelector('.sentences .sentence >> text=27 days of leave');
    await page.click('.answer-foot button >> nth=0');
    await page.click('text=Compare with the answer it replays');
    await page.waitForSelector('.comparison');
    expect(await page.textContent('.comparison h3')).toBe('2 of 2 claims differ.');
    expect(complaints).toEqual([]);
  });

  it('make an answer again without a model, and say that nothing differs', async () => {
    const { page, complaints } = await openPage(browser);
    await ask(page, servers[1], QUESTION);
    await page.click('.answer-foot button >> nth=0');
    await page.waitForSelector('.replay-fields');
    expect(await page.textContent('.replay')).toContain('No language model is declared');
    expect(await page.locator('.replay select').count()).toBe(0);
    await page.click('.replay-fields .primary');
    await page.waitForSelector('.comparison');
    expect(await page.textContent('.comparison h3')).toBe('Every claim is the same.');
    expect(complaints).toEqual([]);
  });

  it('ask back which is meant, and ask what is chosen', async () => {
    const { page, complaints } = await openPage(browser);
    await ask(page, servers[1], 'When does the office open?');
    expect(await page.textContent('.clarify h3')).toMatch(/^Which do you mean: (Oslo or Paris|Paris or Oslo)\?$/);
    expect((await page.locator('.about').allTextContents()).toSorted()).toEqual(['Oslo', 'Paris']);
    await page.click('.clarify .example >> text=Paris');
    await page.waitForSelector('.answer .question >> text=When does the office open (Paris)?');
    await page.waitForSelector('.answer-foot');
    expect(await page.textContent('.answer .sentence')).toContain('9:30');
    expect(await page.locator('.clarify').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
