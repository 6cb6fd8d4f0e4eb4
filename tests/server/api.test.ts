import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './test-server.ts';

const NOWHERE = '018f2b7e-0000-7000-8000-000000000009';
const POLICY = '# Parrots\n\nThe office parrot is called Quillon. Quillon is fed with walnuts every morning.\n';

let server: TestServer;
let documentId: string;

beforeAll(async () => {
  server = await startTestServer({ PLUMB_MAX_FILE_MB: '1' });
  server.ready();
  const stored = await server.upload('pets/parrot.md', POLICY, { tags: 'pets, birds', effectiveFrom: '2020-01-01' });
  documentId = stored.json.id;
  await server.platform.ingest.idle(server.platform.localContext());
});
afterAll(() => server.dispose());

/** Every refusal has the same shape, and the same id in body and header. */
function expectProblem(reply: Reply, status: number, code: string): void {
  expect({ status: reply.status, code: reply.json?.code }).toEqual({ status, code });
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.json).toMatchObject({ type: `urn:plumbline:error:${code}`, status, title: expect.any(String) });
  expect(reply.json.detail).toMatch(/[.…)]$/);
  expect(reply.json.requestId).toBe(reply.headers['x-request-id']);
}

describe('asking and searching', () => {
  it('answers with a citation whose words are in the source', async () => {
    const { status, json } = await server.asPage('POST', '/v1/answers', {
      question: 'What is Quillon fed with every morning?',
    });
    expect(status).toBe(200);
    expect(json.kind).toBe('extractive');
    const text = await server.call(`/v1/documents/${documentId}/text`);
    for (const { start, end, quote } of json.citations) expect(text.json.text.slice(start, end)).toBe(quote);
    const again = await server.call(`/v1/answers/${json.id}`);
    expect(again.json).toEqual(json);
  });

  it('searches as the collection or the request says, and tells what each stage did', async () => {
    const path = '/v1/collections/documents/retrieval';
    const set = await server.asPage('PUT', path, { preset: 'balanced', vectorWeight: 3 });
    expect(set).toMatchObject({ status: 200, json: { preset: 'balanced', vectorWeight: 3 } });
    const { json } = await server.asPage('POST', '/v1/search?explain=1', {
      query: 'Quillon walnuts',
      retrieval: { preset: 'fast', diversity: 0.3 },
    });
    expect(json.explain.plan).toMatchObject({ preset: 'fast', fusion: { weight: 3 }, smoothing: null, diversity: 0.3 });
    expect(json.explain.terms).toContain('quillon');
    const [words, meaning, fusion] = json.explain.stages;
    expect([words.stage, meaning.stage, fusion.stage]).toEqual(['words', 'meaning', 'fusion']);
    expect(words.standings[0]).toMatchObject({ rank: 1, score: json.items[0].text.score });
    expect(fusion.standings).toHaveLength(json.items.length);
    expectProblem(await server.asPage('PUT', path, { neighbours: 0 }), 400, 'retrieval-settings.invalid');
    expect(await server.asPage('PUT', path, {})).toMatchObject({ status: 200, json: {} });
    expect((await server.asPage('POST', '/v1/search', { query: 'Quillon' })).json.explain).toBeNull();
  });

  it('answers nothing about a moment before the document was valid', async () => {
    const { json } = await server.asPage('POST', '/v1/answers', {
      question: 'What is Quillon fed with every morning?',
      asOf: '2019-01-01',
    });
    expect(json.kind).toBe('abstained');
  });

  it('finds passages page by page, and narrows them by a filter', async () => {
    const found = await server.asPage('POST', '/v1/search', {
      query: 'Quillon',
      limit: 1,
      filter: { tags: ['birds'] },
    });
    expect(found.status).toBe(200);
    expect(found.json.items[0]).toMatchObject({ documentId, title: 'Parrots' });
    const none = await server.asPage('POST', '/v1/search', { query: 'Quillon', filter: { tags: ['fish'] } });
    expect(none.json.items).toEqual([]);
  });

  it.each([
    ['no question', {}, 'question: nothing was given. Allowed: text.'],
    ['an empty question', { question: '' }, 'question: "" is too short. Allowed: at least 1 characters.'],
    ['a long question', { question: 'x'.repeat(4001) }, 'Allowed: at most 4000 characters.'],
    ['a misspelt field', { question: 'x', colection: 'y' }, '"colection" is not known here.'],
    [
      'a wrong date',
      { question: 'x', asOf: 'tomorrow' },
      'asOf: "tomorrow" is no date. Allowed: a day like 2024-06-01',
    ],
    ['a wrong type', { question: 7 }, 'question: 7 is not what belongs here. Allowed: text.'],
    ['a wrong filter', { question: 'x', filter: { tags: [] } }, 'Allowed: at least 1 entries.'],
  ])('refuses %s in plain words', async (_, body, words) => {
    const reply = await server.asPage('POST', '/v1/answers', body);
    expectProblem(reply, 400, 'request.invalid');
    expect(reply.json.detail).toContain(words);
  });

  it('refuses what is no JSON, and JSON under another name', async () => {
    const headers = { origin: server.address, 'content-type': 'application/json' };
    expectProblem(await server.call('/v1/answers', { method: 'POST', headers, body: '{bad' }), 400, 'request.invalid');
    expectProblem(await server.call('/v1/answers', { method: 'POST', headers, body: '' }), 400, 'request.invalid');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const call = { method: 'POST', headers: { ...headers, 'content-type': type }, body: '{"question":"x"}' };
      expectProblem(await server.call('/v1/answers', call), 415, 'request.media-type');
    }
  });

  it('names the collections there are', async () => {
    const reply = await server.asPage('POST', '/v1/answers', { question: 'x', collection: 'nope' });
    expectProblem(reply, 404, 'collection.not-found');
    expect(reply.json.detail).toContain('documents');
  });

  it('refuses cursors and answers it never gave', async () => {
    expectProblem(await server.asPage('POST', '/v1/search', { query: 'x', cursor: 'junk' }), 400, 'cursor.invalid');
    const retrieval = { smoothing: 2 };
    const refused = await server.asPage('POST', '/v1/search', { query: 'x', retrieval });
    expectProblem(refused, 400, 'retrieval-settings.invalid');
    expectProblem(await server.call(`/v1/answers/${NOWHERE}`), 404, 'answer.not-found');
    expectProblem(await server.call('/v1/answers/x'), 404, 'answer.not-found');
  });

  it('takes JSON bodies up to 1 MB', async () => {
    const reply = await server.asPage('POST', '/v1/answers', { question: 'x'.repeat(1024 * 1024) });
    expectProblem(reply, 413, 'request.too-large');
    const call = { method: 'POST', headers: { origin: server.address, 'transfer-encoding': 'chunked' } };
    expectProblem(await server.call('/v1/answers', call), 411, 'request.length-required');
  });

  it('declares fields, refuses what is not of their types, and filters by them', async () => {
    const fields = '/v1/collections/contracts/fields';
    await server.asPage('POST', '/v1/collections', { name: 'contracts' });
    expect((await server.asPage('GET', fields)).json).toEqual({});
    expect((await server.asPage('PUT', fields, { amount: 'money' })).status).toBe(400);
    const declared = { amount: 'number', signedOn: 'date', department: 'text' };
    expect((await server.asPage('PUT', fields, declared)).json).toEqual(declared);
    const upload = (name: string, metadata: object) =>
      server.upload(name, 'Quillon contract.', { collection: 'contracts', metadata: JSON.stringify(metadata) });
    expect((await upload('small.md', { amount: 99.5, signedOn: '2023-03-01', department: 'tax' })).status).toBe(201);
    expect((await upload('large.md', { amount: '100', signedOn: '2024-03-01', department: 'law' })).status).toBe(201);
    const wrong = await upload('wrong.md', { amount: 'much' });
    expect(wrong.status).toBe(400);
    expect(wrong.json).toMatchObject({ code: 'metadata.invalid' });
    const search = (metadata: object) =>
      server.asPage('POST', '/v1/search', { query: 'Quillon', collection: 'contracts', filter: { metadata } });
    const found = async (metadata: object): Promise<string[]> =>
      (await search(metadata)).json.items.map((item: { externalId: string }) => item.externalId).sort();
    await server.platform.ingest.idle(server.platform.localContext());
    expect(await found({ amount: { gt: 0 } })).toEqual(['large.md', 'small.md']);
    expect(await found({ amount: { gte: 100 } })).toEqual(['large.md']);
    expect(await found({ amount: { lt: 100 } })).toEqual(['small.md']);
    expect(await found({ signedOn: { gte: '2024-01-01', lt: '2025-01-01' } })).toEqual(['large.md']);
    expect(await found({ department: ['tax', 'law'], amount: 99.5 })).toEqual(['small.md']);
    expect(await found({ department: { prefix: 'l' } })).toEqual(['large.md']);
    const unknown = await search({ colour: 'red' });
    expect(unknown.status).toBe(400);
    expect(unknown.json.detail).toContain('Allowed: amount (number), signedOn (date), department (text)');
    expect((await search({ amount: 'much' })).json.detail).toContain('is a number');
    expect((await search({ amount: { over: 5 } })).json.detail).toContain('"over" is not known here');
  });

  it('treats quotes, SQL and index syntax in filters as plain words', async () => {
    const hostile = [
      `'`,
      `"`,
      `a' OR 1=1 --`,
      `') OR true OR ('`,
      `\\'; drop table documents; --`,
      '%',
      '_',
      '\u0000',
      '🪶\\',
    ];
    for (const text of hostile) {
      for (const filter of [
        { tags: [text] },
        { pathPrefix: text },
        { metadata: { [text]: text } },
        { mediaTypes: [text] },
      ]) {
        const reply = await server.asPage('POST', '/v1/search', { query: 'Quillon', filter });
        expect([200, 400], `${JSON.stringify(filter)} ${reply.text}`).toContain(reply.status);
        if (reply.status === 200) expect(reply.json.items).toEqual([]);
      }
    }
    const alive = await server.asPage('POST', '/v1/search', { query: 'Quillon' });
    expect(alive.json.items).toHaveLength(1);
  });
});

describe('documents', () => {
  it('lists page by page and shows one', async () => {
    const page = await server.call('/v1/documents?limit=1');
    expect(page.json.items).toHaveLength(1);
    const one = await server.call(`/v1/documents/${documentId}`);
    expect(one.json).toMatchObject({ externalId: 'pets/parrot.md', tags: ['pets', 'birds'], version: 1 });
    expect(one.json.effectiveFrom).toBe('2020-01-01T00:00:00.000Z');
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x'])('refuses ?%s', async (query) => {
    expectProblem(await server.call(`/v1/documents?${query}`), 400, 'request.invalid');
  });

  it('does not know what is not there', async () => {
    for (const id of [NOWHERE, 'x', "'", '%2e%2e%2f']) {
      for (const rest of ['', '/text', '/original']) {
        expectProblem(await server.call(`/v1/documents/${id}${rest}`), 404, 'document.not-found');
      }
      expectProblem(await server.asPage('DELETE', `/v1/documents/${id}`), 404, 'document.not-found');
    }
    expectProblem(await server.call(`/v1/documents/${documentId}/text?version=9`), 404, 'document.not-found');
  });

  it('hands out originals only as attachments in a sandbox', async () => {
    const page = '<!doctype html><title>Hostile</title><script>alert(1)</script><p>The cellar holds cider.</p>';
    const { json } = await server.upload('hostile "page".html', page);
    const original = await server.call(`/v1/documents/${json.id}/original`);
    expect(original.text).toBe(page);
    expect(original.headers['content-type']).toBe('application/octet-stream');
    expect(original.headers['content-disposition']).toBe("attachment; filename*=UTF-8''hostile%20%22page%22.html");
    expect(original.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
    expect(original.headers['x-content-type-options']).toBe('nosniff');
  });

  it('takes a multipart file', async () => {
    const form = new FormData();
    form.append('file', new File(['The heron is grey.'], 'heron.txt', { type: 'text/plain' }));
    const packed = new Response(form);
    const body = new Uint8Array(await packed.arrayBuffer());
    const headers = { origin: server.address, 'content-type': packed.headers.get('content-type') ?? '' };
    const first = await server.call('/v1/documents', { method: 'POST', headers, body });
    expect(first).toMatchObject({ status: 201, json: { externalId: 'heron.txt', unchanged: false } });
    const second = await server.call('/v1/documents', { method: 'POST', headers, body });
    expect(second).toMatchObject({ status: 200, json: { id: first.json.id, unchanged: true } });
    const wrong = new TextDecoder().decode(body).replace('name="file"', 'name="other"');
    expectProblem(await server.call('/v1/documents', { method: 'POST', headers, body: wrong }), 400, 'request.invalid');
  });

  it('makes a new version of a changed file and keeps the old one readable', async () => {
    const { json } = await server.upload('rules.txt', 'Rule one: be kind.');
    const changed = await server.upload('rules.txt', 'Rule one: be very kind.');
    expect(changed.json).toMatchObject({ id: json.id, version: 2 });
    const old = await server.call(`/v1/documents/${json.id}/text?version=1`);
    expect(old.json.text).toContain('be kind');
  });

  it('refuses files that are too large, empty, or have no usable name', async () => {
    expectProblem(await server.upload('big.txt', 'x'.repeat(1024 * 1024 + 1)), 413, 'request.too-large');
    expectProblem(await server.upload('empty.txt', ''), 400, 'upload.invalid');
    expectProblem(await server.upload('a\u0007b.txt', 'x'), 400, 'upload.invalid');
    expectProblem(await server.upload('n'.repeat(600), 'x'), 400, 'upload.invalid');
    const headers = { origin: server.address, 'content-type': 'application/octet-stream' };
    expectProblem(await server.call('/v1/documents', { method: 'POST', headers, body: 'x' }), 400, 'request.invalid');
    expectProblem(await server.upload('a.txt', 'x', { collection: '../x' }), 400, 'collection.name-invalid');
  });

  it('takes a name with dots as nothing but a name', async () => {
    const { status, json } = await server.upload('../../../escape.txt', 'The lynx is shy.');
    expect(status).toBe(201);
    expect(json.externalId).toBe('../../../escape.txt');
    await expect(readFile(join(server.home, '../escape.txt'))).rejects.toThrow('ENOENT');
    await server.asPage('DELETE', `/v1/documents/${json.id}`);
  });

  it('deletes for good, with the answers that show it', async () => {
    const { json } = await server.upload('secret.txt', 'The vault code is swordfish nine.');
    await server.platform.ingest.idle(server.platform.localContext());
    const answer = await server.asPage('POST', '/v1/answers', { question: 'What is the vault code?' });
    expect(answer.json.text).toContain('swordfish');
    const deleted = await server.asPage('DELETE', `/v1/documents/${json.id}`);
    expect([202, 204]).toContain(deleted.status);
    expectProblem(await server.call(`/v1/documents/${json.id}`), 404, 'document.not-found');
    expectProblem(await server.call(`/v1/answers/${answer.json.id}`), 404, 'answer.not-found');
    const found = await server.asPage('POST', '/v1/search', { query: 'swordfish' });
    expect(JSON.stringify(found.json)).not.toContain('swordfish nine');
  });
});

describe('quarantine', () => {
  it('keeps a broken file with its reason, tries it again, forgets it', async () => {
    const refused = await server.upload('broken.pdf', '%PDF-1.7 this is no PDF');
    expectProblem(refused, 422, 'document.damaged');
    const { quarantineId } = refused.json.details;
    const list = await server.call('/v1/quarantine');
    expect(list.json.items).toContainEqual(expect.objectContaining({ id: quarantineId, externalId: 'broken.pdf' }));
    expectProblem(await server.asPage('POST', `/v1/quarantine/${quarantineId}/retry`), 422, 'document.damaged');
    expect((await server.asPage('DELETE', `/v1/quarantine/${quarantineId}`)).status).toBe(204);
    expect((await server.call('/v1/quarantine')).json.items).toEqual([]);
  });

  it('does not know what is not there', async () => {
    expectProblem(await server.asPage('POST', `/v1/quarantine/${NOWHERE}/retry`), 404, 'quarantine.not-found');
    expectProblem(await server.asPage('POST', '/v1/quarantine/x/retry'), 400, 'request.invalid');
  });
});

describe('collections and passes', () => {
  it('makes collections and compares their index with the store', async () => {
    const made = await server.asPage('POST', '/v1/collections', { name: 'contracts' });
    expect(made).toMatchObject({ status: 200, json: { name: 'contracts' } });
    expectProblem(await server.asPage('POST', '/v1/collections', { name: 'No Good' }), 400, 'collection.name-invalid');
    await server.platform.ingest.idle(server.platform.localContext());
    const check = await server.call('/v1/collections/documents/check');
    expect(check.json.text).toMatchObject({ missing: 0, surplus: 0, duplicated: 0 });
    const progress = await server.call('/v1/collections/documents/index');
    expect(progress.json.vectors).toBe(progress.json.chunks);
    expect((await server.asPage('POST', '/v1/collections/documents/reindex', {})).status).toBe(202);
    for (const rest of ['check', 'index'])
      expectProblem(await server.call(`/v1/collections/none/${rest}`), 404, 'collection.not-found');
  });

  it('reads a folder of this machine for its owner only', async () => {
    const folder = join(server.home, 'incoming');
    await mkdir(folder);
    await writeFile(join(folder, 'one.txt'), 'The badger digs.');
    expectProblem(await server.asPage('POST', '/v1/ingest', { path: folder }), 401, 'request.token-required');
    expectProblem(await server.asOwner('POST', '/v1/ingest', { path: 'incoming' }), 400, 'request.invalid');
    expectProblem(await server.asOwner('POST', '/v1/ingest', { path: '/nowhere/at/all' }), 404, 'source.not-found');
    expectProblem(await server.asOwner('POST', '/v1/ingest', {}), 400, 'request.invalid');
    const run = await server.asOwner('POST', '/v1/ingest', { path: folder, collection: 'incoming' });
    expect(run.status).toBe(202);
    await server.platform.ingest.idle(server.platform.localContext());
    const ended = await server.call(`/v1/ingest/${run.json.id}`);
    expect(ended.json).toMatchObject({ state: 'completed', collection: 'incoming' });
    expect((await server.asPage('DELETE', `/v1/ingest/${run.json.id}`)).status).toBe(200);
    expectProblem(await server.call(`/v1/ingest/${NOWHERE}`), 404, 'ingest.not-found');
  });

  it('does not read private addresses, and lives on', async () => {
    expectProblem(await server.asPage('POST', '/v1/ingest', { url: 'http://127.0.0.1:1/' }), 400, 'source.blocked');
    const run = await server.asPage('POST', '/v1/ingest', { url: 'http://127.0.0.1/', collection: 'web' });
    await server.platform.ingest.idle(server.platform.localContext());
    if (run.status === 202) {
      const ended = await server.call(`/v1/ingest/${run.json.id}`);
      expect(ended.json).toMatchObject({ state: 'failed', error: { code: 'source.blocked' } });
    } else expectProblem(run, 400, 'source.blocked');
    expect((await server.call('/healthz')).status).toBe(200);
  });

  it('writes a backup for its owner only, and never over a file', async () => {
    const file = join(server.home, 'copy.tar.gz');
    expectProblem(await server.asPage('POST', '/v1/backup', { file }), 401, 'request.token-required');
    expectProblem(await server.asOwner('POST', '/v1/backup', { file: 'copy.tar.gz' }), 400, 'request.invalid');
    expectProblem(await server.asOwner('POST', '/v1/backup', { file: '/nowhere/x.tar.gz' }), 409, 'backup.place');
    const written = await server.asOwner('POST', '/v1/backup', { file });
    expect(written.json.documents).toBeGreaterThan(0);
    expectProblem(await server.asOwner('POST', '/v1/backup', { file }), 409, 'backup.place');
  });
});

describe('the rest', () => {
  it('says what it does not have, and which methods an address takes', async () => {
    expectProblem(await server.call('/nothing/here'), 404, 'route.not-found');
    const reply = await server.asPage('PUT', '/v1/documents');
    expectProblem(reply, 405, 'route.method');
    expect(reply.headers['allow']).toBe('GET, POST');
  });

  it('keeps a well-formed request id and replaces any other', async () => {
    const kept = await server.call('/healthz', { headers: { 'x-request-id': 'trace-12345678' } });
    expect(kept.headers['x-request-id']).toBe('trace-12345678');
    const replaced = await server.call('/healthz', { headers: { 'x-request-id': 'x y' } });
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('serves the page, its modules and the API’s description from this machine', async () => {
    const page = await server.call('/');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const modules = [...(await server.call('/app.js')).text.matchAll(/from '\.(\/[\w-]+\.js)'/g)].map(
      (match) => match[1],
    );
    expect(modules.length).toBeGreaterThan(3);
    for (const path of [...modules, '/app.css', '/favicon.svg', '/docs', '/docs/swagger-ui.css', '/docs/start.js']) {
      expect((await server.call(path ?? '')).status, path).toBe(200);
    }
  });

  it('never turns a request’s path into a file', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/./../../etc/passwd',
      '//etc/passwd',
      '/app.js/../../package.json',
      '/server.json',
    ]) {
      expectProblem(await server.call(path), 404, 'route.not-found');
    }
  });
});
