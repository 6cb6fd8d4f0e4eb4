import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_CHUNKING } from '../../chunk/index.ts';
import type { ParseRequest } from '../parsed-document.ts';
import { createParsePool, type ParsePool, type ParsePoolOptions } from './parse-pool.ts';

const tokenizerFolder = fileURLToPath(new URL('../../../../models/all-MiniLM-L6-v2', import.meta.url));
const misbehaving = new URL('./misbehaving-child.ts', import.meta.url);
const pools: ParsePool[] = [];

function buildPool(overrides: Partial<ParsePoolOptions> = {}): ParsePool {
  const pool = createParsePool({
    children: 1,
    memoryMb: 512,
    stallMs: 5_000,
    maxFileBytes: 64 * 1024 * 1024,
    tokenizerFolder,
    ...overrides,
  });
  pools.push(pool);
  return pool;
}

function file(fileName: string, content: string | Uint8Array = `The text of ${fileName}.`): ParseRequest {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { bytes, fileName, chunking: DEFAULT_CHUNKING };
}

const tenant = { tenantId: 'one' };

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('the parser pool', () => {
  it('gives document, chunks, terms and hashes', async () => {
    const result = await buildPool().parse(file('a.md', '# Leave\n\nThirty days.'), tenant);
    expect(result).toMatchObject({
      document: { title: 'Leave', mediaType: 'text/markdown', text: 'Leave\n\nThirty days.' },
      chunker: 'structural@1',
      chunks: [{ ordinal: 0, start: 0, header: 'Leave', headingPath: ['Leave'] }],
      originalSha256: createHash('sha256').update('# Leave\n\nThirty days.').digest('hex'),
      textSha256: createHash('sha256').update('Leave\n\nThirty days.').digest('hex'),
    });
    expect(result.terms[0]).toContain('thirti day');
  });

  it('parses many small files of several tenants', async () => {
    const pool = buildPool({ children: 2 });
    const results = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        pool.parse(file(`${index}.txt`, `Number ${index}.`), { tenantId: index % 3 === 0 ? 'one' : 'two' }),
      ),
    );
    expect(results.map((result) => result.document.text)).toEqual(results.map((_, index) => `Number ${index}.`));
  });

  it('reads the first file with a process that was started before it came', async () => {
    const pool = buildPool();
    pool.warm();
    pool.warm();
    expect((await pool.parse(file('a.txt', 'Read.'), tenant)).document.text).toBe('Read.');
  });

  it('carries a large file and its large result in slices', async () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `Paragraph ${index} 😀 of a long text.`).join('\n\n');
    const result = await buildPool().parse(file('large.txt', text), tenant);
    expect(result.document.text === text).toBe(true);
    expect(result.document.blocks).toHaveLength(40_000);
    expect(result.terms).toHaveLength(result.chunks.length);
    expect(result.chunks.at(-1)?.end).toBe(text.length);
  });

  it('closes every way out of the process', async () => {
    const { document } = await buildPool({ entry: misbehaving }).parse(file('probe.txt'), tenant);
    const ways = 'readFile writeFile connect socket tls http udp dns fetch childProcess worker'.split(' ');
    expect(document.text).toBe(`${ways.map((way) => `${way}: refused`).join('; ')}; environment: empty`);
  });
});

describe('a file that misbehaves', () => {
  it('and makes no progress ends in parser.stalled; its neighbours are parsed', async () => {
    const pool = buildPool({ entry: misbehaving, stallMs: 700 });
    const files = ['a.txt', 'loop.txt', 'b.txt'].map((name) => pool.parse(file(name), tenant));
    const [before, looping, after] = await Promise.allSettled(files);
    expect(looping).toMatchObject({ status: 'rejected', reason: { code: 'parser.stalled', kind: 'caller' } });
    expect([before?.status, after?.status]).toEqual(['fulfilled', 'fulfilled']);
  });

  it.each([['grow.txt'], ['heap.txt']])(
    'and takes too much memory (%s) ends in parser.memory-exceeded',
    async (name) => {
      const pool = buildPool({ entry: misbehaving, memoryMb: 256 });
      const [bad, good] = await Promise.allSettled([pool.parse(file(name), tenant), pool.parse(file('a.txt'), tenant)]);
      expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'parser.memory-exceeded' } });
      expect(good.status).toBe('fulfilled');
    },
  );

  it('and takes too much memory in a real parser, a PDF bomb, ends in parser.memory-exceeded', async () => {
    await expect(
      buildPool({ memoryMb: 256, stallMs: 10_000 }).parse(file('bomb.pdf', pdfBomb(400)), tenant),
    ).rejects.toMatchObject({
      code: 'parser.memory-exceeded',
      name: 'ParserMemoryExceeded',
    });
  });

  it('and ends the process ends in parser.crashed, as does one that throws', async () => {
    const pool = buildPool({ entry: misbehaving });
    await expect(pool.parse(file('exit.txt'), tenant)).rejects.toMatchObject({
      code: 'parser.crashed',
      message: /exit code 7/,
    });
    await expect(pool.parse(file('throw.txt'), tenant)).rejects.toMatchObject({ code: 'parser.crashed' });
    await expect(pool.parse(file('a.txt'), tenant)).resolves.toMatchObject({
      document: { text: 'The text of a.txt.' },
    });
  });

  it('and is too large is refused unread', async () => {
    await expect(buildPool({ maxFileBytes: 3 }).parse(file('a.txt'), tenant)).rejects.toMatchObject({
      code: 'document.too-large',
    });
  });
});

describe('stopping', () => {
  it('by signal ends the process of the file', async () => {
    const pool = buildPool({ entry: misbehaving });
    await pool.parse(file('b.txt'), tenant);
    const controller = new AbortController();
    const parsing = pool.parse(file('loop.txt'), { ...tenant, signal: controller.signal });
    setImmediate(() => setImmediate(() => controller.abort()));
    await expect(parsing).rejects.toMatchObject({ code: 'operation.aborted' });
    await expect(pool.parse(file('a.txt'), tenant)).resolves.toMatchObject({
      document: { text: 'The text of a.txt.' },
    });
  });

  it('the pool answers every open call', async () => {
    const pool = buildPool({ entry: misbehaving });
    const open = ['loop.txt', 'a.txt'].map((name) => pool.parse(file(name), tenant));
    const settled = Promise.allSettled(open);
    await pool.close();
    expect((await settled).map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
      'parser.closed',
      'parser.closed',
    ]);
    await expect(pool.parse(file('a.txt'), tenant)).rejects.toMatchObject({ code: 'parser.closed' });
  });

  it('a process that cannot start is the installation’s fault', async () => {
    const pool = buildPool({ entry: new URL('./no-such-child.ts', import.meta.url) });
    await expect(pool.parse(file('a.txt'), tenant)).rejects.toMatchObject({
      code: 'parser.unavailable',
      kind: 'fatal',
    });
  });
});

/** A PDF of a few kilobytes whose only page unpacks into so many megabytes. */
function pdfBomb(megabytes: number): Uint8Array {
  const once = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, ' '), { level: 1 });
  const content = deflateSync(once);
  const head =
    '%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n' +
    '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n' +
    `4 0 obj\n<</Length ${content.length}/Filter[/FlateDecode/FlateDecode]>>\nstream\n`;
  return Buffer.concat([
    Buffer.from(head),
    content,
    Buffer.from('\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF'),
  ]);
}
