import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkIdOf } from '../../base/index.ts';
import type { ChunkIndex } from '../chunk-index.ts';
import { openLanceChunkIndex } from './lance-chunk-index.ts';

const TENANT = '0193f000-0000-7000-8000-000000000001';
const scope = { tenantId: TENANT, collectionId: TENANT, embedderId: 'e', dimensions: 16 };
const append = { mayExist: false };
let folder: string;
let index: ChunkIndex;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-scrub-'));
  index = await openLanceChunkIndex({ folder });
});
afterAll(async () => {
  await index.close();
  await rm(folder, { recursive: true, force: true });
});

async function filesHolding(text: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const held = await Promise.all(paths.map(async (path) => (await readFile(path)).includes(text)));
  return paths.filter((_, i) => held[i]);
}

function entry(n: number, terms: string) {
  const versionId = chunkIdOf(TENANT, 'version', n);
  const at = {
    acl: ['g:everyone'],
    tags: [],
    metadata: [`note=${terms.slice(0, 60)}`],
    effectiveFrom: 0,
    effectiveTo: null,
  };
  const facts = { documentId: chunkIdOf(TENANT, 'document', n), versionId, externalId: `${terms.slice(0, 40)}.md` };
  const vector = Float32Array.from({ length: 16 }, (_, i) => (i === n % 16 ? 1 : 0));
  return { id: chunkIdOf(versionId, 'c', 0), ...facts, mediaType: 'text/plain', ...at, terms, vector };
}

describe('scrub', () => {
  it('leaves no byte of a removed document’s terms under the folder, and every other chunk findable', async () => {
    const secret = 'zanzibarquux';
    const entries = Array.from({ length: 300 }, (_, n) => entry(n, n === 7 ? `${secret} word` : `term${n} word`));
    await index.putText(scope, entries, append);
    await index.putVectors(scope, entries, append);
    await index.optimise(scope);
    await index.putText(scope, [entry(400, `${secret} later`)], append);
    await index.optimise(scope);
    const data = join(folder, (await readdir(folder)).find((name) => name.startsWith('text')) ?? '', 'data');
    await writeFile(join(data, '.tmpKilled'), secret);
    expect(await filesHolding(secret)).not.toEqual([]);
    await index.removeDocuments(scope, [entry(7, '').documentId, entry(400, '').documentId]);
    await index.scrub(scope);
    expect(await filesHolding(secret)).toEqual([]);
    const found = await index.searchText(scope, ['word'], { filter: { op: 'all' }, limit: 1_000 });
    expect(found).toHaveLength(299);
    expect(await index.listIds(scope, 'vectors', { after: null, limit: 1_000 })).toHaveLength(299);
  });

  it('removes what a killed compaction left when a table is opened', async () => {
    await index.putText(scope, [entry(500, 'more')], append);
    await index.close();
    const data = join(folder, (await readdir(folder)).find((name) => name.startsWith('text')) ?? '', 'data');
    await writeFile(join(data, '.tmpKilled'), 'x');
    index = await openLanceChunkIndex({ folder });
    expect(await index.searchText(scope, ['more'], { filter: { op: 'all' }, limit: 5 })).toHaveLength(1);
    expect((await readdir(data)).filter((name) => name.startsWith('.tmp'))).toEqual([]);
  });
});
