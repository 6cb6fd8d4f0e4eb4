import assert from 'node:assert/strict';
import { PlumblineError } from '../base/index.ts';
import type { Embedder, EmbeddingPurpose } from './embedder.ts';

/** One promise every adapter keeps. */
export interface EmbedderCheck {
  readonly name: string;
  /** Fails by throwing. */
  run(): Promise<void>;
}

const TEXTS = ['The tenant pays rent monthly.', 'Rent is paid by the tenant each month.', 'Whales are mammals.'];

/**
 * What any {@link Embedder} must do, independent of a test runner: register each check as a test of its own.
 * @param create makes a fresh embedder; each check closes the one it gets
 */
export function embedderConformance(create: () => Promise<Embedder>): EmbedderCheck[] {
  const check = (name: string, body: (embedder: Embedder) => Promise<void>): EmbedderCheck => ({
    name,
    run: async () => {
      const embedder = await create();
      try {
        await body(embedder);
      } finally {
        await embedder.close();
      }
    },
  });
  return [
    check('has an id that is safe in a file name', async ({ id }) => assert.match(id, /^[a-z0-9][a-z0-9._-]{0,120}$/)),
    check('returns one vector of unit length per text', returnsUnitVectors),
    check('keeps the order of the texts', keepsOrder),
    check('gives the same text the same vector', isStable),
    check('puts texts with the same meaning nearer than others', knowsNearness),
    check('embeds nothing into nothing', async (embedder) => assert.deepEqual(await embed(embedder, []), [])),
    check('takes empty, odd and far too long texts', takesAnyText),
    check('answers concurrent calls', answersConcurrently),
    check('stops at once when it was aborted before', refusesAborted),
    check('stops when it is aborted', stopsWhenAborted),
    check('throws embedder.closed after close, and closes twice', staysClosed),
  ];
}

function embed(
  embedder: Embedder,
  texts: readonly string[],
  purpose: EmbeddingPurpose = 'document',
): Promise<Float32Array[]> {
  return embedder.embed(texts, { purpose });
}

async function returnsUnitVectors(embedder: Embedder): Promise<void> {
  for (const purpose of ['document', 'query'] as const) {
    const vectors = await embed(embedder, TEXTS, purpose);
    assert.equal(vectors.length, TEXTS.length);
    for (const vector of vectors) assertUnit(vector, embedder.dimensions);
  }
  assert.ok(embedder.maxTokens >= 3);
}

async function keepsOrder(embedder: Embedder): Promise<void> {
  const texts = Array.from(
    { length: 12 },
    (_, index) => `${TEXTS[index % 3]} ${'Clause'.repeat(1 + (index % 5))} ${index}.`,
  );
  const together = await embed(embedder, texts);
  const [last] = await embed(embedder, texts.slice(-1));
  assert.ok(cosine(together.at(-1), last) > 0.999);
  const [first] = await embed(embedder, texts.slice(0, 1));
  assert.ok(cosine(together[0], first) > 0.999);
}

async function isStable(embedder: Embedder): Promise<void> {
  const [a] = await embed(embedder, TEXTS);
  const [b] = await embed(embedder, TEXTS);
  assert.ok(cosine(a, b) > 0.9999);
}

async function knowsNearness(embedder: Embedder): Promise<void> {
  const [rent, alsoRent, whales] = await embed(embedder, TEXTS);
  assert.ok(cosine(rent, alsoRent) > cosine(rent, whales));
}

async function takesAnyText(embedder: Embedder): Promise<void> {
  const texts = ['', ' ', '\u0000\ufffd\ud800', '中文テキスト', '👩‍👩‍👧', 'x'.repeat(10_000), 'word '.repeat(20_000)];
  for (const vector of await embed(embedder, texts)) assertUnit(vector, embedder.dimensions);
}

async function answersConcurrently(embedder: Embedder): Promise<void> {
  const [alone] = await embed(embedder, TEXTS);
  const calls = Array.from({ length: 6 }, (_, index) => embed(embedder, TEXTS, index % 2 === 0 ? 'document' : 'query'));
  for (const [index, vectors] of (await Promise.all(calls)).entries()) {
    if (index % 2 === 0) assert.ok(cosine(vectors[0], alone) > 0.999);
  }
}

async function refusesAborted(embedder: Embedder): Promise<void> {
  const options = { purpose: 'document', signal: AbortSignal.abort() } as const;
  await assert.rejects(embedder.embed(TEXTS, options), withCode('operation.aborted'));
}

async function stopsWhenAborted(embedder: Embedder): Promise<void> {
  const controller = new AbortController();
  const texts = Array.from({ length: 500 }, (_, index) => `${TEXTS[index % 3]} ${index}`);
  const stopped = embedder.embed(texts, { purpose: 'document', signal: controller.signal });
  queueMicrotask(() => controller.abort());
  // An adapter fast enough to finish first has nothing to stop.
  await stopped.catch((error: unknown) => assert.ok(withCode('operation.aborted')(error)));
  assert.equal((await embed(embedder, TEXTS)).length, TEXTS.length);
}

async function staysClosed(embedder: Embedder): Promise<void> {
  await embedder.close();
  await embedder.close();
  await assert.rejects(embed(embedder, TEXTS), withCode('embedder.closed'));
}

function withCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof PlumblineError && error.code === code;
}

function assertUnit(vector: Float32Array, dimensions: number): void {
  assert.equal(vector.length, dimensions);
  assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-4, `length ${Math.hypot(...vector)}`);
}

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  assert.ok(a !== undefined && b !== undefined && a.length === b.length);
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
