import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
const question = JSON.stringify({ question: 'What is the vault code?' });
const json = { 'content-type': 'application/json' };

beforeAll(async () => {
  server = await startTestServer();
  server.ready();
  await server.upload('secret.txt', 'The vault code is swordfish nine.');
});
afterAll(() => server.dispose());

/** Refused with this code, and not a word of the documents came out. */
async function expectRefusal(
  wanted: { readonly status: number; readonly code: string },
  path: string,
  call: Parameters<TestServer['call']>[1],
): Promise<void> {
  const reply = await server.call(path, call);
  expect({ status: reply.status, code: reply.json?.code }, `${path} ${JSON.stringify(call)}`).toEqual(wanted);
  expect(reply.text).not.toContain('swordfish');
  expect(reply.headers['access-control-allow-origin']).toBeUndefined();
}

const FOREIGN_ORIGIN = { status: 403, code: 'request.foreign-origin' };

describe('a page of another origin', () => {
  const origins = ['https://evil.example', 'http://127.0.0.1:1', 'http://localhost', 'null', 'file://', ''];

  it.each(origins)('neither reads nor writes from origin %j', async (origin) => {
    const headers = { ...json, origin };
    for (const path of ['/v1/documents', '/v1/collections', '/v1/events', '/v1/quarantine'])
      await expectRefusal(FOREIGN_ORIGIN, path, { headers });
    await expectRefusal(FOREIGN_ORIGIN, '/v1/answers', { method: 'POST', headers, body: question });
    await expectRefusal(FOREIGN_ORIGIN, '/v1/documents?name=x.txt', { method: 'POST', headers, body: 'x' });
    await expectRefusal(FOREIGN_ORIGIN, '/v1/documents/x', { method: 'DELETE', headers });
    await expectRefusal(FOREIGN_ORIGIN, '/v1/answers', { method: 'OPTIONS', headers });
  });

  it.each(['cross-site', 'same-site'])('embeds nothing: Sec-Fetch-Site %s without an Origin', async (site) => {
    await expectRefusal(FOREIGN_ORIGIN, '/v1/documents', { headers: { 'sec-fetch-site': site } });
    await expectRefusal(FOREIGN_ORIGIN, '/v1/events', { headers: { 'sec-fetch-site': site } });
  });

  it('changes nothing without an Origin and without the token', async () => {
    await expectRefusal(FOREIGN_ORIGIN, '/v1/answers', { method: 'POST', headers: json, body: question });
    await expectRefusal(FOREIGN_ORIGIN, '/v1/documents?name=x.txt', { method: 'POST', body: 'x' });
    await expectRefusal(FOREIGN_ORIGIN, '/v1/documents/x', { method: 'DELETE' });
  });

  it('posts no form, whatever a form can send', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=b', 'text/plain']) {
      const headers = { origin: 'https://evil.example', 'content-type': type };
      await expectRefusal(FOREIGN_ORIGIN, '/v1/documents?name=x.txt', { method: 'POST', headers, body: 'x=1' });
      await expectRefusal(FOREIGN_ORIGIN, '/v1/answers', { method: 'POST', headers, body: question });
    }
  });

  it('may not use plain text or form types even from the own origin', async () => {
    for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded']) {
      const headers = { origin: server.address, 'content-type': type };
      const refused = { status: 415, code: 'request.media-type' };
      await expectRefusal(refused, '/v1/answers', { method: 'POST', headers, body: question });
      await expectRefusal(refused, '/v1/documents?name=x.txt', { method: 'POST', headers, body: 'x' });
    }
  });
});

describe('a foreign Host', () => {
  it.each(['evil.example', 'evil.example:4400', '127.0.0.1', 'localhost.evil.example', '[::1]', ' '])(
    '%j gets nothing',
    async (host) => {
      const refused = { status: 403, code: 'request.foreign-host' };
      for (const path of ['/', '/v1/documents', '/healthz', '/openapi.json'])
        await expectRefusal(refused, path, { headers: { host } });
      const headers = { ...json, host, origin: `http://${host}`, authorization: `Bearer ${server.token}` };
      await expectRefusal(refused, '/v1/answers', { method: 'POST', headers, body: question });
    },
  );
});

describe('the token', () => {
  it.each(['', 'x', 'Bearer', 'Bearer x'])('a wrong one (%j) opens nothing', async (authorization) => {
    const headers = { ...json, authorization };
    await expectRefusal(FOREIGN_ORIGIN, '/v1/backup', { method: 'POST', headers, body: '{"file":"/tmp/x"}' });
  });

  it('the right one needs no Origin', async () => {
    const reply = await server.asOwner('POST', '/v1/answers', { question: 'What is the vault code?' });
    expect(reply.status).toBe(200);
  });

  it('is nowhere in what the server says', async () => {
    for (const path of ['/', '/openapi.json', '/healthz', '/readyz', '/v1/collections', '/v1/nothing'])
      expect((await server.call(path)).text).not.toContain(server.token);
  });
});

it('every reply forbids sniffing, framing and foreign embedding', async () => {
  for (const path of ['/', '/app.js', '/docs', '/v1/documents', '/nothing', '/openapi.json']) {
    const { headers } = await server.call(path);
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
    expect(headers['access-control-allow-origin'], path).toBeUndefined();
  }
});
