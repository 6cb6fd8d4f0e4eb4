import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../server/test-server.ts';

const WORDS =
  'otter heron badger newt lynx stoat egret vole crane gecko tapir okapi ibex quail raven sloth trout viper wren yak zebu moth crab seal'.split(
    ' ',
  );

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  for (const word of WORDS)
    await server.upload(`${word}.txt`, `The ${word} sleeps by the river in spring.`, { collection: 'animals' });
  await server.platform.ingest.idle(server.platform.localContext());
});
afterAll(() => server.dispose());

const judged = WORDS.map((word) => ({ question: `Where does the ${word} sleep?`, relevant: [`${word}.txt`] }));

/** As if meaning said nothing here. */
const misled = { preset: 'fast', vectorWeight: 10 };

const fit = (body: object) => server.asOwner('POST', '/v1/collections/animals/retrieval/fit', body);

it('finds a weight that is better for sure, and uses it only when it is to', async () => {
  await server.asOwner('PUT', '/v1/collections/animals/retrieval', misled);
  const found = await fit({ judged });
  expect(found.status, found.text).toBe(200);
  expect(found.json).toMatchObject({ current: 10, questions: 24, isBetter: true, isSet: false });
  expect(found.json.heldOut).toBeGreaterThan(found.json.before);
  expect(found.json.weight).toBeLessThan(10);
  const collection = () => server.platform.ingest.collection(server.platform.localContext(), 'animals');
  expect((await collection()).settings.retrieval).toEqual(misled);
  expect((await fit({ judged, set: true })).json).toMatchObject({ isSet: true });
  expect((await collection()).settings.retrieval).toEqual({ ...misled, vectorWeight: found.json.weight });
  expect((await fit({ judged, set: true })).json).toMatchObject({ isBetter: false, isSet: false });
});

it('says what judged questions have to be', async () => {
  expect((await fit({ judged: judged.slice(0, 3) })).json).toMatchObject({
    status: 400,
    code: 'judged-questions.invalid',
    detail: expect.stringContaining('There are 3 judged questions. Allowed: 20 to 500'),
  });
  const elsewhere = judged.map((each) => ({ ...each, relevant: ['nowhere.txt'] }));
  expect((await fit({ judged: elsewhere })).json.detail).toContain('No question found one of its documents.');
  await server.asOwner('PUT', '/v1/collections/animals/retrieval', { fusion: 'rank' });
  expect((await fit({ judged })).json.detail).toContain('by rank, without a weight');
});

it('fuses by scaled scores too', async () => {
  const body = { query: 'the otter', collection: 'animals', fusion: 'minmax', retrieval: { vectorWeight: 0 } };
  const page = (await server.asPage('POST', '/v1/search?explain=1', body)).json;
  expect(page.items[0].externalId).toBe('otter.txt');
  expect(page.explain.plan.fusion).toEqual({ by: 'minmax', weight: 0 });
  expect(page.explain.stages.find(({ stage }: { stage: string }) => stage === 'fusion').what).toContain(
    'each scaled to 0…1',
  );
});
