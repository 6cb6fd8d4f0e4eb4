import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import { type Blobs, DiskBlobs } from '../../store/index.ts';
import { SourceTexts } from './source-texts.ts';

const reader = (tenantId: string) => ({ tenantId, principalId: 'reader', groups: [], requestId: 'test' });
const [own, foreign] = [reader(newId()), reader(newId())];
const TEXT = '\u{feff}The quarry closes at five. 🧗';
const hash = createHash('sha256').update(TEXT).digest('hex');
let folder = '';
let blobs: Blobs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-texts-'));
  blobs = new DiskBlobs(folder);
  await blobs.put(own.tenantId, Buffer.from(TEXT));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('gives texts as they were stored, the second time without reading them', async () => {
  const texts = new SourceTexts(blobs);
  expect(await texts.read(own, [hash, hash])).toEqual(new Map([[hash, TEXT]]));
  const unread = new SourceTexts(blobs);
  await unread.read(own, [hash]);
  await rm(folder, { recursive: true });
  expect(await unread.read(own, [hash])).toEqual(new Map([[hash, TEXT]]));
  await expect(new SourceTexts(blobs).read(own, [hash])).rejects.toMatchObject({ code: 'blob.not-found' });
});

it('never gives one tenant what it keeps of another', async () => {
  await blobs.put(own.tenantId, Buffer.from(TEXT));
  const texts = new SourceTexts(blobs);
  await texts.read(own, [hash]);
  await expect(texts.read(foreign, [hash])).rejects.toMatchObject({ code: 'blob.not-found' });
});
