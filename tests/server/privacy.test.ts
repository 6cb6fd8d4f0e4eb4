import { afterAll, beforeAll, expect, it } from 'vitest';
import { runPlumb } from '../cli/run-plumb.ts';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.ready();
  await server.asPage('POST', '/v1/collections', { name: 'contracts' });
});
afterAll(() => server.dispose());

it('is declared for a collection, shown, and taken back', async () => {
  const path = '/v1/collections/contracts/privacy';
  const nothing = { name: 'contracts', declared: null, effective: 'internal' };
  expect((await server.call(path)).json).toEqual(nothing);
  const declared = await server.asPage('PUT', path, { dataClass: 'private' });
  expect(declared).toMatchObject({ status: 200, json: { declared: 'private', effective: 'private' } });
  expect((await server.call('/v1/privacy')).json).toEqual({
    installation: 'internal',
    organisation: null,
    collections: [{ name: 'contracts', declared: 'private', effective: 'private' }],
  });
  expect((await server.asPage('PUT', path, { dataClass: null })).json).toEqual(nothing);
});

it('is declared for everything from the command line', async () => {
  const run = (...words: string[]) => runPlumb(words, { cwd: server.home, env: { PLUMB_HOME: server.home } });
  const set = await run('privacy', 'set', 'private');
  expect(set).toMatchObject({ code: 0, err: '' });
  expect(set.out).toMatch(
    /Everything the organisation has: private\n\nCOLLECTION +DECLARED +COUNTS AS\ncontracts +- +private/,
  );
  const route = await run('models', 'explain', 'answer', '--collection', 'contracts');
  expect(route.out).toContain('No declared model does answer.');
  expect((await run('privacy', 'set', 'none', '--json')).out).toContain('"organisation": null');
  expect((await run('privacy', 'set', 'public', '--collection', 'contracts')).out).toBe(
    'contracts counts as internal.\n',
  );
});

it.each([
  ['PUT', '/v1/privacy', { dataClass: 'secret' }, 400, 'request.invalid'],
  ['PUT', '/v1/privacy', {}, 400, 'request.invalid'],
  ['PUT', '/v1/collections/nope/privacy', { dataClass: 'private' }, 404, 'collection.not-found'],
])('%s %s %j is refused', async (...[method, path, body, status, code]) => {
  expect(await server.asPage(method, path, body)).toMatchObject({ status, json: { code } });
});

it('a foreign page cannot take it back', async () => {
  const headers = { origin: 'https://elsewhere.example', 'content-type': 'application/json' };
  const reply = await server.call('/v1/privacy', { method: 'PUT', headers, body: '{"dataClass":null}' });
  expect(reply.status).toBe(403);
});

it('nothing is private where an embedder elsewhere sees every text', async () => {
  const elsewhere = {
    PLUMB_EMBEDDER: 'openai',
    PLUMB_EMBEDDER_URL: 'http://127.0.0.1:9/v1',
    PLUMB_EMBEDDER_MODEL: 'm',
  };
  const other = await startTestServer(elsewhere);
  other.ready();
  const refused = await other.asPage('PUT', '/v1/privacy', { dataClass: 'private' });
  expect(refused).toMatchObject({ status: 400, json: { code: 'privacy.embedder-not-private' } });
  expect(refused.json.detail).toContain('PLUMB_EMBEDDER_PRIVATE=on');
  await other.dispose();
  const trusted = await startTestServer({ ...elsewhere, PLUMB_EMBEDDER_PRIVATE: 'on' });
  trusted.ready();
  expect((await trusted.asPage('PUT', '/v1/privacy', { dataClass: 'private' })).status).toBe(200);
  await trusted.dispose();
});
