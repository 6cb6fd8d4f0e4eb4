import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../base/index.ts';
import { type Blobs, DiskBlobs } from '../../store/index.ts';
import { Excerpts } from './excerpts.ts';

const context = { tenantId: newId(), principalId: 'reader', groups: [], requestId: 'test' };
let folder = '';
let blobs: Blobs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-excerpts-'));
  blobs = new DiskBlobs(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Lets out how often each way of reading was used. */
function counting(): { blobs: Blobs; whole: () => number; parts: () => number[] } {
  let whole = 0;
  const parts: number[] = [];
  const counted: Blobs = {
    put: (...given) => blobs.put(...given),
    putAll: (...given) => blobs.putAll(...given),
    get: (...given) => {
      whole += 1;
      return blobs.get(...given);
    },
    getPart: async (...given) => {
      const bytes = await blobs.getPart(...given);
      parts.push(bytes.length);
      return bytes;
    },
    has: (...given) => blobs.has(...given),
    remove: (...given) => blobs.remove(...given),
    list: (...given) => blobs.list(...given),
  };
  return { blobs: counted, whole: () => whole, parts: () => parts };
}

/** Texts of several steps, of signs of one to four bytes. */
const texts = fc
  .array(fc.constantFrom('a', 'é', 'ह', '😀', '\n', '\uFEFF'), { minLength: 1, maxLength: 40 })
  .chain((signs) => fc.integer({ min: 1, max: 400 }).map((times) => signs.join('').repeat(times)));

describe('Excerpts', () => {
  it('gives what slicing the whole text gives, at the first reading and later', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1 }), async (text, ends) => {
        const textSha256 = await blobs.put(context.tenantId, new TextEncoder().encode(text));
        const stretches = ends.map(([one, other]) => {
          const [start = 0, end = 0] = [wholeSign(text, one), wholeSign(text, other)].sort((a, b) => a - b);
          return { textSha256, start, end };
        });
        const excerpts = new Excerpts(blobs);
        const expected = stretches.map(({ start, end }) => text.slice(start, end));
        expect(await excerpts.read(context, stretches)).toEqual(expected);
        expect(await excerpts.read(context, stretches)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('reads a long text as a whole once, then only the parts asked for', async () => {
    const text = 'The lessee pays the rent. '.repeat(20_000);
    const textSha256 = await blobs.put(context.tenantId, new TextEncoder().encode(text));
    const counted = counting();
    const excerpts = new Excerpts(counted.blobs);
    const stretch = { textSha256, start: 300_000, end: 300_500 };
    await excerpts.read(context, [stretch]);
    expect(await excerpts.read(context, [stretch])).toEqual([text.slice(300_000, 300_500)]);
    expect(counted.whole()).toBe(1);
    expect(counted.parts()).toHaveLength(1);
    expect(counted.parts()[0]).toBeLessThan(5_000);
  });

  it('says so when the text is gone', async () => {
    const textSha256 = await blobs.put(context.tenantId, new TextEncoder().encode('soon gone'));
    const excerpts = new Excerpts(blobs);
    await excerpts.read(context, [{ textSha256, start: 0, end: 4 }]);
    await blobs.remove(context.tenantId, textSha256);
    await expect(excerpts.read(context, [{ textSha256, start: 0, end: 4 }])).rejects.toThrow(
      expect.objectContaining({ code: 'blob.not-found' }),
    );
  });
});

/** An offset within the text that does not cut a sign. */
function wholeSign(text: string, offset: number): number {
  const at = offset % (text.length + 1);
  const unit = text.charCodeAt(at);
  return unit >= 0xdc_00 && unit <= 0xdf_ff ? at - 1 : at;
}
