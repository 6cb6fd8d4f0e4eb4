import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { IndexScope, TextEntry } from '../chunk-index.ts';
import { openLanceChunkIndex } from './lance-chunk-index.ts';

function entry(): TextEntry {
  const at = { documentId: randomUUID(), versionId: randomUUID(), externalId: 'a.txt', mediaType: 'text/plain' };
  const facts = { acl: ['g:everyone'], tags: [], metadata: [], effectiveFrom: 0, effectiveTo: null };
  return { id: randomUUID(), ...at, ...facts, terms: 'whale krill ocean' };
}

it('searches while deleted words are wiped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-scrub-'));
  const index = await openLanceChunkIndex({ folder });
  const scope: IndexScope = { tenantId: randomUUID(), collectionId: randomUUID(), embedderId: 'fixed', dimensions: 4 };
  const entries = Array.from({ length: 300 }, entry);
  await index.putText(scope, entries, { mayExist: false });
  const wiping = { done: false };
  const wipe = async (): Promise<void> => {
    for (const { documentId } of entries.slice(0, 12)) {
      await index.removeDocuments(scope, [documentId]);
      await index.scrub(scope);
    }
    wiping.done = true;
  };
  const read = async (): Promise<number> => {
    let reads = 0;
    for (; !wiping.done; reads++) {
      const found = await index.searchText(scope, ['krill'], { filter: { op: 'all' }, limit: 10 });
      expect(found.length).toBeGreaterThan(5); // one that is being removed may have taken a place
      expect((await index.listIds(scope, 'text', { after: null, limit: 500 })).length).toBeGreaterThanOrEqual(288);
    }
    return reads;
  };
  const [, reads] = await Promise.all([wipe(), read(), read()]);
  expect(reads).toBeGreaterThan(0);
  await index.close();
  await rm(folder, { recursive: true, force: true });
});
