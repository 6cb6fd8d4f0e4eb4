import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

test('a test cannot reach another machine, by address or by name', async () => {
  for (const url of ['http://192.0.2.1/', 'https://example.com/', 'http://[2001:db8::1]/']) {
    const failure: unknown = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch((error: unknown) => error);
    const cause = failure instanceof Error ? String(failure.cause) : '';
    expect(cause).toContain('Tests use no network');
  }
});

test('a test can reach its own servers', async () => {
  const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('here');
  server.close();
});
