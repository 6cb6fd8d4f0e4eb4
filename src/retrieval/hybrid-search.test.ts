import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../base/index.ts';
import type { ChunkIndex } from './chunk-index.ts';
import { type HybridQuery, hybridSearch } from './hybrid-search.ts';
import { openLanceChunkIndex } from './lancedb/lance-chunk-index.ts';

const TENANT = '0193f000-0000-7000-8000-000000000001';
const scope = { tenantId: TENANT, collectionId: TENANT, embedderId: 'e', dimensions: 2 };
let folder: string;
let index: ChunkIndex;

function chunk(n: number) {
  const id = chunkIdOf(TENANT, 'chunk', n);
  const facts = { externalId: `${n}`, mediaType: 'text/plain', acl: ['g:everyone'], tags: [], metadata: [] };
  return { id, documentId: id, versionId: id, ...facts, effectiveFrom: 0, effectiveTo: null };
}
const ids = Array.from({ length: 6 }, (_, n) => chunk(n).id);
const ask = (query: Partial<HybridQuery>) =>
  hybridSearch(index, scope, {
    terms: ['rent'],
    vector: new Float32Array([1, 0]),
    filter: { op: 'all' },
    limit: 10,
    ...query,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-hybrid-'));
  index = await openLanceChunkIndex({ folder });
  const terms = ['rent rent', 'rent due', 'whale', 'whale', 'rent late', 'whale'];
  await index.putText(
    scope,
    terms.map((text, n) => ({ ...chunk(n), terms: text })),
    { mayExist: false },
  );
  // Chunk 4 has no vector yet.
  const angles = [0.2, 1.4, 0.1, 3, 0, 1];
  const vectors = angles.map((angle, n) => ({
    ...chunk(n),
    vector: new Float32Array([Math.cos(angle), Math.sin(angle)]),
  }));
  await index.putVectors(
    scope,
    vectors.filter((_, n) => n !== 4),
    { mayExist: false },
  );
});
afterAll(async () => {
  await index.close();
  await rm(folder, { recursive: true, force: true });
});

describe('hybridSearch', () => {
  it('fuses both rankings and tells where each chunk stood', async () => {
    const { candidates, timings } = await ask({});
    expect(candidates[0]?.id).toBe(ids[0]);
    expect(candidates[0]).toMatchObject({ rank: 1, text: { rank: 1 }, vector: { rank: 2 } });
    expect(candidates.map((candidate) => candidate.rank)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(candidates.find((candidate) => candidate.id === ids[2])?.text).toBeNull();
    expect(timings.totalMs).toBeGreaterThan(0);
  });

  it('finds a chunk whose vector has not followed, above what only lies near', async () => {
    const { candidates } = await ask({});
    const waiting = candidates.find((candidate) => candidate.id === ids[4]);
    expect(waiting).toMatchObject({ vector: null, cosine: null });
    expect(waiting?.rank).toBeLessThan(candidates.find((candidate) => candidate.id === ids[5])?.rank ?? 0);
  });

  it('searches by words alone or by meaning alone', async () => {
    const words = await ask({ vector: null });
    expect(new Set(words.candidates.map((candidate) => candidate.id))).toEqual(new Set([ids[0], ids[1], ids[4]]));
    const meaning = await ask({ terms: [] });
    expect(meaning.candidates.map((candidate) => candidate.id)).toEqual([2, 0, 5, 1, 3].map((n) => ids[n]));
    expect((await ask({ terms: [], vector: null })).candidates).toEqual([]);
  });

  it('pages through the ranking without gaps', async () => {
    const whole = await ask({});
    const first = await ask({ limit: 4 });
    const second = await ask({ limit: 4, after: first.next });
    expect([...first.candidates, ...second.candidates]).toEqual(whole.candidates);
    expect(second.next).toBeNull();
  });
});
