import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { copyTemplate } from '../../src/store/database-template.ts';
import { createFixedEmbedder } from '../../src/testing.ts';
import { browserPath, openBrowser, openPage } from './open-browser.ts';

const title =
  browserPath === null
    ? 'answers as they are made, on the page: skipped, install Debian’s chromium or set PLUMB_TEST_CHROMIUM to one'
    : 'answers as they are made, on the page';

/** Two questions: the vector of one that was asked before is known, so that it cannot be held. */
const FIRST = 'What is Quillon fed with every morning?';
const SECOND = 'Every morning, what is the parrot Quillon fed with?';

describe.skipIf(browserPath === null)(title, () => {
  let home: string;
  let server: RunningServer;
  let browser: Browser;
  /** While true, questions wait in the embedder until their caller gives up. */
  let holding = false;

  async function start(port: string): Promise<RunningServer> {
    const embedder = createFixedEmbedder({
      onEmbed: (_, { purpose, signal }) => {
        if (purpose !== 'query' || !holding) return undefined;
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        });
      },
    });
    const config = loadConfig({ PORT: port, PLUMB_HOME: home, PLUMB_SAMPLE: 'off' }, home);
    const running = await startServer(config, { embedder });
    running.ready();
    return running;
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'plumbline-browser-'));
    await copyTemplate(home);
    [server, browser] = await Promise.all([start('0'), openBrowser()]);
    const context = server.platform.localContext();
    const collection = await server.platform.ingest.ensureCollection(context, { name: 'documents' });
    const bytes = new TextEncoder().encode('# Parrots\n\nThe parrot Quillon is fed with walnuts every morning.');
    const upload = { name: 'parrot.md', bytes, declaredType: undefined, given: {} };
    await server.platform.ingest.upload(context, { collection, signal: AbortSignal.timeout(30_000) }, upload);
    await server.platform.ingest.idle(context);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(home, { recursive: true, force: true });
  });

  /** Asks, and returns when the stream has begun. */
  async function ask(page: Page, question: string): Promise<void> {
    await page.goto(server.address);
    await page.fill('#question', question);
    const begun = page.waitForResponse((response) => response.url().endsWith('/v1/answers'));
    await page.click('#ask-button');
    await begun;
  }

  it('are stopped by the button, and asked again', async () => {
    const { page, complaints } = await openPage(browser);
    holding = true;
    await ask(page, FIRST);
    await page.click('#stop');
    await page.waitForSelector('.notice >> text=Stopped');
    holding = false;
    await page.click('text=Ask again');
    await page.waitForSelector('.answer-foot');
    expect(await page.textContent('.sentence')).toContain('walnuts');
    expect(complaints).toEqual([]);
  });

  it('are found again when the server went away in the middle and came back', async () => {
    const { page } = await openPage(browser);
    holding = true;
    await ask(page, SECOND);
    await server.stop();
    await page.waitForSelector('.doing >> text=Coming back');
    holding = false;
    server = await start(new URL(server.address).port);
    await page.waitForSelector('.answer-foot');
    expect(await page.textContent('.sentence')).toContain('walnuts');
    const id = page.url().split('/').at(-1) ?? '';
    const stored = await server.platform.answer(server.platform.localContext(), id);
    expect(await page.textContent('.answer .question')).toBe(stored.question);
  });
});
