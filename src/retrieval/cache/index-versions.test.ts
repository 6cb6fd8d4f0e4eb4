import { expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import { describeDatabases } from '../../store/testing.ts';
import { IndexVersions } from './index-versions.ts';

const SHOWN_MS = 500;

describeDatabases('versions of an index', (open) => {
  it('are none while it is written, and others afterwards', async () => {
    const { database, context, drop } = await open();
    try {
      let now = 0;
      const versions = new IndexVersions(database, () => now);
      const collection = { tenantId: context.tenantId, collectionId: newId() };
      const read = () => versions.read(context, collection.collectionId);
      await read();
      now += SHOWN_MS;
      const before = await read();
      expect(before).not.toBeNull();
      expect(await read()).toBe(before);
      await versions.writing(collection, async () => expect(await read()).toBeNull());
      now += SHOWN_MS;
      const after = await read();
      expect(after).not.toBeNull();
      expect(after).not.toBe(before);
    } finally {
      await drop();
    }
  });

  it('count in another process once a search there must see what was written', async () => {
    const { database, context, drop } = await open();
    try {
      if (database.kind === 'pglite') return; // one process is all there is
      let now = 0;
      const [writer, reader] = [new IndexVersions(database), new IndexVersions(database, () => now)];
      const collection = { tenantId: context.tenantId, collectionId: newId() };
      const read = () => reader.read(context, collection.collectionId);
      await read();
      now += SHOWN_MS;
      const before = await read();
      await writer.writing(collection, async () => expect(await read()).toBeNull());
      expect(await read()).toBeNull();
      now += SHOWN_MS - 1;
      expect(await read()).toBeNull();
      now += 1;
      const after = await read();
      expect(after).not.toBeNull();
      expect(after).not.toBe(before);
    } finally {
      await drop();
    }
  });
});
