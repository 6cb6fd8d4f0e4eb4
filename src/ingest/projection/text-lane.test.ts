import { expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import type { ChunkIndex, TextEntry } from '../../retrieval/index.ts';
import { describeDatabases } from '../../store/testing.ts';
import { StoredChanges } from '../documents/stored-changes.ts';
import { FreshChunks } from './fresh-chunks.ts';
import type { Lane } from './lane-services.ts';
import { pendingChunks } from './pending-chunks.ts';
import { StoreLooks } from './store-looks.ts';
import { storeVersion } from './testing.ts';
import { runTextLane } from './text-lane.ts';
import { WritePace } from './write-pace.ts';

describeDatabases('text lane', (open) => {
  it('indexes what is in memory once, also when the store was asked for it first', async () => {
    const test = await open();
    const { database, context } = test;
    const collectionId = newId();
    const put: string[] = [];
    const index = {
      putText: async (_scope: unknown, entries: readonly TextEntry[]) => {
        put.push(...entries.map(({ id }) => id));
      },
    } as unknown as ChunkIndex;
    const services = { database, changes: new StoredChanges(), index } as unknown as Lane['services'];
    const fresh = new FreshChunks();
    const lane: Lane = {
      services,
      context,
      scope: { tenantId: context.tenantId, collectionId, embedderId: 'e', dimensions: 1 },
      texts: { terms: async () => new Map() } as unknown as Lane['texts'],
      fresh,
      wordsPace: new WritePace({ everyMs: 0 }),
      looks: new StoreLooks(),
      mayExist: () => false,
      exclusive: (work) => work(),
      written: () => undefined,
      worded: () => undefined,
      recordWords: async () => undefined,
      signal: new AbortController().signal,
    };
    await storeVersion(test, collectionId);
    const waiting = { collectionId, waiting: 'text', after: null, limit: 10 } as const;
    const stored = await pendingChunks(services, context, waiting);
    await runTextLane(lane);
    fresh.offer(stored);
    await runTextLane(lane);
    expect(put.toSorted()).toEqual(stored.map(({ attributes }) => attributes.id).toSorted());
    await test.drop();
  });
});
