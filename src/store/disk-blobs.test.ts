import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../base/index.ts';
import { blobsConformance } from './blobs.conformance.ts';
import { DiskBlobs } from './disk-blobs.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'plumbline-blobs-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

blobsConformance('disk', () => Promise.resolve(new DiskBlobs(join(root, newId()))));
blobsConformance('disk, durable', () => Promise.resolve(new DiskBlobs(join(root, newId()), { durable: true })));

it('sweeps what a killed put left behind', async () => {
  const folder = join(root, newId());
  await mkdir(join(folder, '.writing'), { recursive: true });
  await writeFile(join(folder, '.writing', newId()), 'half a contract');
  const blobs = new DiskBlobs(folder);
  await blobs.sweep();
  expect(await readdir(folder)).toEqual([]);
  expect(await blobs.put(newId(), new Uint8Array([1]))).toHaveLength(64);
});

it('tells why a batch could not be written, leaves nothing behind, and goes on with the next', async () => {
  const folder = join(root, newId());
  const [tenant, blocked] = [newId(), newId()];
  const blobs = new DiskBlobs(folder);
  const one = { bytes: new Uint8Array([1]), sha256: 'a'.repeat(64) };
  await blobs.putAll(tenant, [one]);
  await writeFile(join(folder, blocked), 'a file where the folder should be');
  await expect(blobs.putAll(blocked, [one])).rejects.toMatchObject({ code: 'blob.not-written', kind: 'fatal' });
  expect(await readdir(join(folder, '.writing'))).toEqual([]);
  await blobs.close();
  await rm(join(folder, tenant), { recursive: true });
  await blobs.putAll(tenant, [one]); // starts its thread again, and the folders it knew
  expect(await blobs.get(tenant, one.sha256)).toEqual(Buffer.from([1]));
  await blobs.close();
});

it('leaves nothing beside the blobs', async () => {
  const folder = join(root, newId());
  const blobs = new DiskBlobs(folder);
  await blobs.put(newId(), new Uint8Array([1, 2, 3]));
  await blobs.putAll(newId(), [{ bytes: new Uint8Array([1]), sha256: 'b'.repeat(64) }]);
  expect(await readdir(join(folder, '.writing'))).toEqual([]);
});
