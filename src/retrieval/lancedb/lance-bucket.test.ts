import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import { openTestBucket, withoutS3 } from '../../store/testing.ts';
import { chunkIndexConformance } from '../chunk-index.conformance.ts';
import { openLanceChunkIndex } from './lance-chunk-index.ts';

const bucket = await openTestBucket();

if (bucket === null) describe.skip(`LanceDB in a bucket${withoutS3}`, () => undefined);
else {
  const open = (prefix: string) =>
    openLanceChunkIndex({ folder: join(tmpdir(), 'unused'), bucket: { ...bucket, prefix } });
  const shared = newId();
  chunkIndexConformance('LanceDB in a bucket', { open: () => open(shared), cleanUp: () => Promise.resolve() });

  it('is seen by another node, and gone for it when it is dropped', async () => {
    const prefix = newId();
    const [one, other] = [await open(prefix), await open(prefix)];
    const [tenantId, collectionId, id] = [newId(), newId(), newId()];
    const scope = { tenantId, collectionId, embedderId: 'e', dimensions: 2 };
    const entry = {
      id,
      documentId: id,
      versionId: id,
      externalId: 'a.md',
      mediaType: 'text/plain',
      acl: [],
      tags: [],
      metadata: [],
      effectiveFrom: 0,
      effectiveTo: null,
      terms: 'word',
    };
    const find = () => other.searchText(scope, ['word'], { filter: { op: 'all' }, limit: 5 });
    expect(await find()).toEqual([]);
    await one.putText(scope, [entry], { mayExist: false });
    expect(await find()).toMatchObject([{ id }]);
    await one.putVectors(scope, [{ ...entry, vector: new Float32Array([1, 0]) }], { mayExist: false });
    await one.drop(scope);
    await one.close();
    const third = await open(prefix);
    expect(await third.searchText(scope, ['word'], { filter: { op: 'all' }, limit: 5 })).toEqual([]);
    await other.close();
    await third.close();
  });
}
