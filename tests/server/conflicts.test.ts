import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

const NOWHERE = '018f2b7e-0000-7000-8000-000000000009';

let server: TestServer;
let answerId: string;

beforeAll(async () => {
  server = await startTestServer();
  server.ready();
  await server.upload(
    'parrot.md',
    '# Parrots\n\nThe office parrot is called Quillon. Quillon is fed with walnuts every morning.\n',
  );
  await server.platform.ingest.idle(server.platform.localContext());
  answerId = (await server.asPage('POST', '/v1/answers', { question: 'What is Quillon fed with every morning?' })).json
    .id;
});
afterAll(() => server.dispose());

describe('feedback', () => {
  it('is kept with the answer and told as an event', async () => {
    const given = { rating: 'down', correctedText: 'It is called Quill.', wrongCitation: 0, note: 'an old name' };
    const reply = await server.asPage('POST', `/v1/answers/${answerId}/feedback`, given);
    expect(reply.status).toBe(201);
    const context = server.platform.localContext();
    const rows = await server.platform.database.withTenant(context, (tx) =>
      tx.query('select id, answer_id as "answerId", rating, note from answer_feedback'),
    );
    expect(rows).toEqual([{ id: reply.json.id, answerId, rating: 'down', note: 'an old name' }]);
    const events = await server.platform.events.read(context, 0, 100);
    const [rated] = events.filter(({ type }) => type === 'answer.rated');
    expect(rated).toMatchObject({ subjectId: answerId, data: { rating: 'down', corrected: true, wrongCitation: 0 } });
    expect(JSON.stringify(rated)).not.toContain('Quill');
  });

  it('is refused for what is not there', async () => {
    const rate = (id: string, body: unknown) => server.asPage('POST', `/v1/answers/${id}/feedback`, body);
    expect(await rate(NOWHERE, { rating: 'up' })).toMatchObject({ status: 404, json: { code: 'answer.not-found' } });
    const wrong = await rate(answerId, { rating: 'down', wrongCitation: 99 });
    expect(wrong).toMatchObject({ status: 400, json: { code: 'feedback.invalid' } });
    expect(await rate(answerId, { rating: 'so-so' })).toMatchObject({ status: 400 });
    const foreign = await server.call(`/v1/answers/${answerId}/feedback`, {
      method: 'POST',
      headers: { origin: 'http://elsewhere.example', 'content-type': 'application/json' },
      body: JSON.stringify({ rating: 'up' }),
    });
    expect(foreign.status).toBe(403);
  });
});

describe('the review queue', () => {
  it('is empty while nothing disagrees, and knows no other conflict', async () => {
    expect((await server.asPage('GET', '/v1/conflicts')).json).toEqual({ items: [], nextCursor: null });
    const resolve = await server.asPage('POST', `/v1/conflicts/${NOWHERE}/resolve`, { resolution: 'It is fine.' });
    expect(resolve).toMatchObject({ status: 404, json: { code: 'conflict.not-found' } });
  });
});
