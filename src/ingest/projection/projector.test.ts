import { expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import type { TextEntry } from '../../retrieval/index.ts';
import { describeDatabases } from '../../store/testing.ts';
import { StoredChanges } from '../documents/stored-changes.ts';
import type { IngestServices } from '../services.ts';
import { Projector } from './projector.ts';
import { RecentTexts } from './recent-texts.ts';
import { CHUNKS, storeVersion } from './testing.ts';

describeDatabases('projector', (open) => {
  it('reads the store at first, and for a job where another process may have stored', async () => {
    const test = await open();
    const { database, context } = test;
    const collection = { context, collectionId: newId() };
    const put: string[] = [];
    const services = {
      database,
      changes: new StoredChanges(),
      blobs: { get: async () => new Uint8Array() },
      index: {
        putText: async (_scope: unknown, entries: readonly TextEntry[]) =>
          void put.push(...entries.map(({ id }) => id)),
        putVectors: async () => undefined,
        optimise: async () => undefined,
      },
      embedder: { id: 'e', dimensions: 1, embed: async (texts: string[]) => texts.map(() => new Float32Array([1])) },
    } as unknown as IngestServices;
    const projector = new Projector(services, new RecentTexts(1000));
    await storeVersion(test, collection.collectionId, 'a.txt');
    await projector.catchUp(collection);
    expect(put).toHaveLength(CHUNKS);
    // Behind this process's back: on the embedded database nobody can, and what it stores itself it has in memory.
    await storeVersion(test, collection.collectionId, 'b.txt');
    await projector.catchUp(collection);
    expect(put).toHaveLength(database.kind === 'pglite' ? CHUNKS : 2 * CHUNKS);
    await projector.project(collection);
    expect(put).toHaveLength(2 * CHUNKS);
    await projector.close();
    await test.drop();
  });
});
