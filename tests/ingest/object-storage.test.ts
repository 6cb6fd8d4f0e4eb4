import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { hashesOf } from '../../src/store/blobs.conformance.ts';
import { openTestBucket, withoutS3 } from '../../src/store/testing.ts';
import { Workspace } from './workspace.ts';

const bucket = await openTestBucket();

test.each([
  [{ PLUMB_BLOBS: 'http://bucket' }, /PLUMB_BLOBS.*Allowed: s3:/],
  [{ PLUMB_INDEX: 's3:/bucket' }, /PLUMB_INDEX.*Allowed: lancedb, pgvector, or s3:/],
  [{ PLUMB_S3_ACCESS_KEY: 'key' }, /PLUMB_S3_SECRET_KEY is not set but PLUMB_S3_ACCESS_KEY is/],
])('%j is refused, naming what is allowed', (environment, message) => {
  expect(() => loadConfig(environment, '/nowhere')).toThrow(message);
});

test('a place in a bucket is a bucket and a prefix', () => {
  const read = (PLUMB_BLOBS: string) => loadConfig({ PLUMB_BLOBS }, '/nowhere').blobsPlace;
  expect(read('s3://bucket')).toEqual({ bucket: 'bucket', prefix: '' });
  expect(read('s3://bucket/a/b/')).toEqual({ bucket: 'bucket', prefix: 'a/b' });
});

describe.skipIf(bucket === null)(`a platform whose files and index are in a bucket${withoutS3}`, () => {
  test('finds, after a new start from an empty disk too, and erases', async () => {
    const workspace = await Workspace.open('pglite', {
      environment: {
        PLUMB_SAMPLE: 'off',
        PLUMB_BLOBS: `s3://${bucket?.bucket}/blobs`,
        PLUMB_INDEX: `s3://${bucket?.bucket}/index`,
        PLUMB_S3_ENDPOINT: bucket?.endpoint ?? '',
        PLUMB_S3_ACCESS_KEY: bucket?.login?.accessKeyId ?? '',
        PLUMB_S3_SECRET_KEY: bucket?.login?.secretAccessKey ?? '',
      },
    });
    try {
      const collection = await workspace.collection();
      const zebra = await workspace.upload(collection, { name: 'zebra.md', text: 'The zebra sleeps in the archive.' });
      await workspace.upload(collection, { name: 'leave.md', text: 'Parental leave lasts sixteen weeks.' });
      await workspace.idle();
      expect(await workspace.findWords(collection, 'zebra')).toEqual(['zebra.md']);
      await workspace.reopen();
      expect(await workspace.findWords(collection, 'parental leave')).toEqual(['leave.md']);
      const { tenantId } = workspace.context;
      // A plain text's original and its canonical text are the same bytes.
      expect(await hashesOf(workspace.platform.blobs, tenantId)).toHaveLength(2);
      const { erased } = await workspace.platform.ingest.deleteDocument(workspace.context, zebra.documentId);
      await erased;
      expect(await workspace.findWords(collection, 'zebra')).toEqual([]);
      expect(await hashesOf(workspace.platform.blobs, tenantId)).toHaveLength(1);
    } finally {
      await workspace.drop();
    }
  }, 60_000);
});
