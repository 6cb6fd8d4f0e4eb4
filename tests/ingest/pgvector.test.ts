import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { testServerUrl } from '../../src/store/testing.ts';
import { Workspace } from './workspace.ts';

const without = 'skipped, set PLUMB_TEST_DATABASE_URL to a PostgreSQL 17 with pgvector';

test('PLUMB_INDEX=pgvector without a server is refused, naming what is missing', () => {
  expect(() => loadConfig({ PLUMB_INDEX: 'pgvector' }, '/nowhere')).toThrow(/DATABASE_URL is not set/);
});

describe.skipIf(testServerUrl === undefined)(
  `a platform with its index in PostgreSQL${testServerUrl === undefined ? `: ${without}` : ''}`,
  () => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = await Workspace.open('postgres', { environment: { PLUMB_INDEX: 'pgvector', PLUMB_SAMPLE: 'off' } });
    });
    afterAll(() => workspace.drop());

    test('finds what was uploaded, also after a new start, and not what was replaced or deleted', async () => {
      const collection = await workspace.collection();
      await workspace.upload(collection, { name: 'leave.md', text: 'Parental leave lasts sixteen weeks.' });
      const old = await workspace.upload(collection, { name: 'zebra.md', text: 'The zebra sleeps in the archive.' });
      await workspace.idle();
      expect(await workspace.findWords(collection, 'parental leave')).toEqual(['leave.md']);
      await workspace.reopen();
      expect(await workspace.findWords(collection, 'zebra')).toEqual(['zebra.md']);
      await workspace.upload(collection, { name: 'leave.md', text: 'Nothing but giraffes.' });
      await workspace.idle();
      expect(await workspace.findWords(collection, 'parental')).toEqual([]);
      const { erased } = await workspace.platform.ingest.deleteDocument(workspace.context, old.documentId);
      expect(await workspace.findWords(collection, 'zebra')).toEqual([]);
      await erased;
      expect(await workspace.findWords(collection, 'giraffes')).toEqual(['leave.md']);
    });
  },
);
