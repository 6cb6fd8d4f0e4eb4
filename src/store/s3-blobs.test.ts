import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { newId } from '../base/index.ts';
import { blobsConformance, hashesOf } from './blobs.conformance.ts';
import { S3Blobs } from './s3-blobs.ts';
import { openTestBucket, withoutS3 } from './testing.ts';

const bucket = await openTestBucket();

if (bucket === null) describe.skip(`blobs: S3${withoutS3}`, () => undefined);
else {
  blobsConformance('S3', () => Promise.resolve(new S3Blobs({ ...bucket, prefix: newId() }, bucket)));

  it('lists more than one page, keeps prefixes apart, and says what is wrong with a bucket', async () => {
    const place = { ...bucket, prefix: '' };
    const blobs = new S3Blobs(place, bucket);
    const tenant = newId();
    const many = Array.from({ length: 1_005 }, (_, n) => ({
      bytes: new Uint8Array([n % 256]),
      sha256: n.toString(16).padStart(64, '0'),
    }));
    await blobs.putAll(tenant, many);
    expect(new Set(await hashesOf(blobs, tenant)).size).toBe(1_005);
    expect(await hashesOf(new S3Blobs({ ...place, prefix: 'other' }, bucket), tenant)).toEqual([]);
    const nowhere = new S3Blobs({ ...place, bucket: 'plumb-test-none' }, bucket);
    await expect(nowhere.put(tenant, new Uint8Array([1]))).rejects.toMatchObject({ code: 'blob.storage-failed' });
  }, 60_000);
}

it('tries again when the storage fails for a moment, and says so when it goes on', async () => {
  let failures = 2;
  const server = createServer((_, response) => {
    failures -= 1;
    response.writeHead(failures >= 0 ? 503 : 200).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const login = { accessKeyId: 'a', secretAccessKey: 'secret-of-a' };
  const blobs = new S3Blobs({ bucket: 'b-b', prefix: '' }, { endpoint, region: 'r', login });
  const tenant = newId();
  expect(await blobs.put(tenant, new Uint8Array([1]))).toHaveLength(64);
  failures = 1_000;
  const failed = blobs.put(tenant, new Uint8Array([1]));
  await expect(failed).rejects.toMatchObject({ code: 'blob.storage-failed', kind: 'retry' });
  await expect(failed).rejects.not.toThrow(/secret-of-a/);
  await blobs.close();
  server.close();
}, 30_000);
