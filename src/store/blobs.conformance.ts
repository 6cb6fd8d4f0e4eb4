import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '../base/index.ts';
import type { Blobs } from './blobs.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Hashes of a tenant's blobs in ascending order. */
export async function hashesOf(blobs: Blobs, tenantId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const blob of blobs.list(tenantId)) found.push(blob.sha256);
  return found.sort();
}

/** What every {@link Blobs} must do. @param open an empty store, asked for once per test */
export function blobsConformance(name: string, open: () => Promise<Blobs>): void {
  describe(`blobs: ${name}`, () => {
    it('gives back what was put, under its SHA-256', async () => {
      const blobs = await open();
      const tenant = newId();
      const sha256 = await blobs.put(tenant, bytesOf('a clause'));
      expect(sha256).toBe(createHash('sha256').update('a clause').digest('hex'));
      expect(new TextDecoder().decode(await blobs.get(tenant, sha256))).toBe('a clause');
      expect(await blobs.has(tenant, sha256)).toBe(true);
    });

    it('keeps nothing and large things', async () => {
      const blobs = await open();
      const tenant = newId();
      const large = new Uint8Array(3_000_000).fill(7);
      expect((await blobs.get(tenant, await blobs.put(tenant, new Uint8Array()))).length).toBe(0);
      const sha256 = await blobs.put(tenant, large);
      expect(sha256).toBe(createHash('sha256').update(large).digest('hex'));
      expect((await blobs.get(tenant, sha256)).length).toBe(3_000_000);
    });

    it('gives back a part, and what there is of it where the bytes end', async () => {
      const blobs = await open();
      const tenant = newId();
      const sha256 = await blobs.put(tenant, bytesOf('a clause of a contract'));
      const part = async (start: number, end: number) =>
        new TextDecoder().decode(await blobs.getPart(tenant, sha256, { start, end }));
      expect(await part(2, 8)).toBe('clause');
      expect(await part(14, 10_000)).toBe('contract');
      expect(await part(5, 5)).toBe('');
      const missing = createHash('sha256').update('not there').digest('hex');
      await expect(blobs.getPart(tenant, missing, { start: 0, end: 5 })).rejects.toThrow(
        expect.objectContaining({ code: 'blob.not-found' }),
      );
    });

    it('stores equal bytes once, also when put at the same time', async () => {
      const blobs = await open();
      const tenant = newId();
      const puts = await Promise.all(Array.from({ length: 50 }, () => blobs.put(tenant, bytesOf('same'))));
      expect(new Set(puts).size).toBe(1);
      expect(await hashesOf(blobs, tenant)).toEqual([puts[0]]);
    });

    it('stores many at once, some of them there already, some twice, some large, without taking the bytes', async () => {
      const blobs = await open();
      const tenant = newId();
      const texts = ['', 'a', 'b', 'b', 'there already', 'x'.repeat(1_500_000), ...Array.from({ length: 40 }, String)];
      const given = texts.map((text) => ({
        bytes: bytesOf(`>${text}`).subarray(1),
        sha256: createHash('sha256').update(text).digest('hex'),
      }));
      await blobs.put(tenant, bytesOf('there already'));
      await Promise.all([blobs.putAll(tenant, given), blobs.putAll(tenant, given)]);
      await blobs.putAll(tenant, []);
      for (const [i, { sha256, bytes }] of given.entries()) {
        expect(new TextDecoder().decode(await blobs.get(tenant, sha256))).toBe(texts[i]);
        expect(new TextDecoder().decode(bytes)).toBe(texts[i]);
      }
      expect(await hashesOf(blobs, tenant)).toEqual([...new Set(given.map(({ sha256 }) => sha256))].sort());
    });

    it('keeps tenants apart', async () => {
      const blobs = await open();
      const [one, other] = [newId(), newId()];
      const sha256 = await blobs.put(one, bytesOf('mine'));
      expect(await blobs.has(other, sha256)).toBe(false);
      await expect(blobs.get(other, sha256)).rejects.toMatchObject({ code: 'blob.not-found' });
      await blobs.remove(other, sha256);
      expect(await blobs.has(one, sha256)).toBe(true);
      expect(await hashesOf(blobs, other)).toEqual([]);
    });

    it('forgets what is removed, twice without complaint', async () => {
      const blobs = await open();
      const tenant = newId();
      const sha256 = await blobs.put(tenant, bytesOf('gone'));
      await blobs.remove(tenant, sha256);
      await blobs.remove(tenant, sha256);
      await expect(blobs.get(tenant, sha256)).rejects.toMatchObject({ code: 'blob.not-found' });
      expect(await hashesOf(blobs, tenant)).toEqual([]);
    });

    it.each([
      ['../../etc', 'a'.repeat(64)],
      [newId(), '../../../etc/passwd'],
      [newId(), 'A'.repeat(64)],
      ['', 'a'.repeat(64)],
    ])('takes no path for a key: %s %s', async (tenant, sha256) => {
      const blobs = await open();
      await expect(blobs.put(tenant, bytesOf('x'), sha256)).rejects.toMatchObject({ code: 'blob.invalid-key' });
      await expect(blobs.putAll(tenant, [{ bytes: bytesOf('x'), sha256 }])).rejects.toMatchObject({
        code: 'blob.invalid-key',
      });
      await expect(blobs.get(tenant, sha256)).rejects.toMatchObject({ code: 'blob.invalid-key' });
      await expect(blobs.has(tenant, sha256)).rejects.toMatchObject({ code: 'blob.invalid-key' });
      await expect(blobs.remove(tenant, sha256)).rejects.toMatchObject({ code: 'blob.invalid-key' });
    });

    it('tells size and time when listing', async () => {
      const blobs = await open();
      const tenant = newId();
      await blobs.put(tenant, bytesOf('12345'));
      for await (const blob of blobs.list(tenant)) {
        expect(blob.bytes).toBe(5);
        expect(Math.abs(Date.now() - blob.modifiedAt)).toBeLessThan(60_000);
      }
    });
  });
}
