import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** The browser tests use: PLUMB_TEST_CHROMIUM, else Debian's; null: there is none. */
export const browserPath: string | null =
  [process.env['PLUMB_TEST_CHROMIUM'], '/usr/bin/chromium'].find((path) => path !== undefined && existsSync(path)) ??
  null;

/** Starts it, without anything of its own that would call home. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: browserPath ?? '',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-quic',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What a page complained about, and whom it called. */
export interface Observed {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught exceptions. */
  readonly complaints: string[];
  /** Hosts of all requests. */
  readonly hosts: Set<string>;
}

/** A page of a context of its own. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Observed> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && !request.url().startsWith('blob:'))
      hosts.add(new URL(request.url()).host);
  });
  return { page, complaints, hosts };
}
