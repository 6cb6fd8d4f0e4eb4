import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { offerSample } from '../../src/sample.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { browserPath, openBrowser, openPage } from './open-browser.ts';

const title =
  browserPath === null
    ? 'the page in a browser: skipped, install Debian’s chromium or set PLUMB_TEST_CHROMIUM to one'
    : 'the page in a browser';

describe.skipIf(browserPath === null)(title, () => {
  let home: string;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'plumbline-browser-'));
    [server, browser] = await Promise.all([
      startServer(loadConfig({ PORT: '0', PLUMB_HOME: home }, home)),
      openBrowser(),
    ]);
    await offerSample(server.platform);
    server.ready();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('answers an example question and highlights exactly the quoted words in their source', async () => {
    const { page, complaints, hosts } = await openPage(browser, { colorScheme: 'light' });
    await page.goto(server.address);
    await page.click('.example >> nth=0');
    await page.waitForSelector('.answer-foot');
    const id = page.url().split('/').at(-1) ?? '';
    const answer = await server.platform.answer(server.platform.localContext(), id);
    expect(await page.textContent('.claim .verdict')).toBe('quoted');
    expect(await page.textContent('.confidence')).toMatch(/^confidence \d+ %$/);
    await page.hover('.reference >> nth=0');
    expect(await page.textContent('.peek:visible q')).toBe(answer.citations[0]?.quote);
    await page.click('.reference >> nth=0');
    await page.waitForSelector('mark.cited');
    const marked = (await page.locator('mark.cited').allTextContents()).join('');
    expect(marked).toBe(answer.citations[0]?.quote);
    expect(await page.locator('.source .warning').count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.isHidden('#source')).toBe(true);

    await page.goto(`${page.url()}/citations/1`);
    await page.reload();
    await page.waitForSelector('mark.cited');

    const shared = await openPage(browser);
    await shared.page.goto(`${server.address}/#/answers/${id}`);
    await shared.page.waitForSelector('.sentence');
    expect(await shared.page.textContent('.answer .question')).toBe(answer.question);
    expect([...complaints, ...shared.complaints]).toEqual([]);
    expect([...hosts, ...shared.hosts].every((host) => host === new URL(server.address).host)).toBe(true);
  });

  it('is worked by the keyboard alone', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.address}/#/documents`);
    await page.waitForSelector('.row');
    await page.keyboard.press('/');
    await page.keyboard.type('How long is the notice period?');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.answer-foot');
    await page.locator('[data-citation]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('mark.cited');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.hasAttribute("data-citation")')).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('takes files, answers from them, shows what it could not read, and deletes', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(server.address);
    await page.waitForSelector('.example');
    await page.setInputFiles('#file-input', [
      {
        name: 'heron.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('# Herons\n\nThe pond heron arrives at six.'),
      },
      { name: 'locked.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 no') },
    ]);
    await page.waitForSelector('.upload.done');
    await page.waitForSelector('.upload.failed');
    await page.waitForSelector('#quarantine-count:visible');
    await page.click('nav [data-view=quarantine]');
    expect(await page.textContent('#quarantine .row-reason')).toContain('damaged');
    await page.click('#quarantine .row >> text=Discard');
    await page.waitForSelector('#quarantine .notice');

    await page.click('nav [data-view=ask]');
    await page.fill('#question', 'When does the pond heron arrive?');
    await page.click('#ask-button');
    await page.waitForSelector('.answer-foot');
    expect(await page.textContent('.sentence')).toContain('arrives at six');

    await page.click('nav [data-view=documents]');
    const row = page.locator('.row', { hasText: 'heron.md' });
    await row.locator('text=Delete').click();
    await row.locator('text=Delete everywhere').click();
    await page.waitForResponse((response) => response.request().method() === 'DELETE' && response.status() < 300);
    await page.waitForSelector('.row:has-text("heron.md")', { state: 'detached' });
    // The one refused upload is the browser's own complaint about a response of 422.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
  });

  it('is dark where the reader wants it dark, and fits a phone', async () => {
    const dark = await openPage(browser, { colorScheme: 'dark' });
    const light = await openPage(browser, { colorScheme: 'light', viewport: { width: 360, height: 740 } });
    const brightnessOfText = async ({ page }: typeof dark): Promise<number> => {
      await page.goto(server.address);
      await page.waitForSelector('.example');
      const colour = await page.evaluate<string>('getComputedStyle(document.body).color');
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
      return red + green + blue;
    };
    expect(await brightnessOfText(dark)).toBeGreaterThan(await brightnessOfText(light));
    expect(await light.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect([...dark.complaints, ...light.complaints]).toEqual([]);
  });
});
