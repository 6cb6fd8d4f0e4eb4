import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_CHUNKING } from '../chunk/index.ts';
import { createParsePool } from './pool/parse-pool.ts';

const pool = createParsePool({
  children: 2,
  memoryMb: 1024,
  stallMs: 10_000,
  maxFileBytes: 64 * 1024 * 1024,
  tokenizerFolder: fileURLToPath(new URL('../../../models/all-MiniLM-L6-v2', import.meta.url)),
});
afterAll(() => pool.close());

const MB = 1024 * 1024;

/** How the file ends: `ok` or the failure's code. */
async function endOf(fileName: string, content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const parsing = pool.parse({ bytes, fileName, chunking: DEFAULT_CHUNKING }, { tenantId: 'one' });
  return parsing.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
}

describe('a hostile file never hangs the parser and ends as expected', () => {
  const entities = Array.from(
    { length: 12 },
    (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  ).join('');
  const cases: readonly (readonly [string, string, () => string | Uint8Array, RegExp])[] = [
    [
      'billion laughs',
      'a.xml',
      () => `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY e0 "ha">${entities}]><l>&e12; hello</l>`,
      /^ok$/,
    ],
    [
      'an external entity',
      'a.xml',
      () => '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>text &x;</a>',
      /^ok$/,
    ],
    [
      'a DOCX that unpacks a thousandfold',
      'a.docx',
      () => zip('word/document.xml', Buffer.alloc(64 * MB, ' ')),
      /^document\.too-large$/,
    ],
    [
      'a DOCX that lies about its size',
      'a.docx',
      () => zip('word/document.xml', Buffer.alloc(64 * MB, ' '), 10),
      /^document\.(too-large|damaged)$/,
    ],
    [
      'a DOCX cut short',
      'a.docx',
      () => zip('word/document.xml', Buffer.from('<w/>')).subarray(0, 60),
      /^document\.damaged$/,
    ],
    ['an archive of something else', 'a.docx', () => zip('x.txt', Buffer.from('hello')), /^document\.unsupported$/],
    ['one line of 50 MB', 'a.txt', () => 'word '.repeat(10 * MB), /^ok$/],
    ['one word of 20 MB', 'a.txt', () => 'x'.repeat(20 * MB), /^ok$/],
    ['one line of JSON of 20 MB', 'a.json', () => `["${'x y'.repeat(7 * MB)}"]`, /^ok$/],
    ['JSON a million deep', 'a.json', () => '['.repeat(MB) + ']'.repeat(MB), /^(?:ok|document\..*)$/],
    ['objects 20,000 deep', 'a.json', () => '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000), /^(?:ok|document\..*)$/],
    ['HTML 20,000 deep', 'a.html', () => `<html><body>${'<div>'.repeat(20_000)}text`, /^(?:ok|document\..*)$/],
    ['XML a million deep', 'a.xml', () => `<?xml version="1.0"?>${'<a>'.repeat(MB)}`, /^document\.damaged$/],
    ['a table of NULs', 'a.csv', () => new Uint8Array(MB), /^document\.unsupported$/],
    [
      'noise named text',
      'a.txt',
      () => Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919 + (at >> 3) * 104729) & 255),
      /^document\.unsupported$/,
    ],
    [
      'a picture named text',
      'a.txt',
      () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      /^document\.unsupported$/,
    ],
    ['a million brackets', 'a.md', () => '['.repeat(MB), /^ok$/],
    ['brackets and parentheses', 'a.md', () => '[a]('.repeat(MB / 4), /^ok$/],
    ['stars and underscores', 'a.md', () => '*_ **a '.repeat(MB / 8), /^ok$/],
    ['a table rule of spaces', 'a.md', () => `a|b\n|-${' '.repeat(MB)}x|\n`, /^ok$/],
    ['a heading of spaces', 'a.md', () => `# ${' '.repeat(MB)}x ${'#'.repeat(MB)}x`, /^ok$/],
    ['half a million empty list items', 'a.md', () => '- \n'.repeat(MB / 2), /^ok$/],
    ['an open quote of CSV', 'a.csv', () => `a,b\n1,"${'x,y\n'.repeat(MB)}`, /^ok$/],
    ['a hundred thousand columns', 'a.csv', () => `${'a,'.repeat(100_000)}\n${'1,'.repeat(100_000)}\n`, /^ok$/],
    [
      'mail headers without end',
      'a.eml',
      () => `From: a@b.c\nTo: d@e.f\nX: ${'y'.repeat(5 * MB)}\n\ntext`,
      /^(?:ok|document\..*)$/,
    ],
    ['mail parts nested a thousand deep', 'a.eml', nestedMail, /^(?:ok|document\..*)$/],
    ['a PDF of its header only', 'a.pdf', () => '%PDF-1.7\n', /^document\.damaged$/],
    ['white space only', 'a.txt', () => ' \n\t\n '.repeat(1000), /^document\.no-text$/],
    ['nothing', 'a.txt', () => '', /^document\.no-text$/],
  ];

  it.each(cases)('%s', async (...[, name, content, expected]) => {
    const started = performance.now();
    expect(await endOf(name, content())).toMatch(expected);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

function nestedMail(): string {
  const part = (level: number): string => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`;
  return `From: a@b.c\nTo: d@e.f\nSubject: deep\n${Array.from({ length: 1000 }, (_, level) => part(level)).join('')}\ntext`;
}

/** An archive of one deflated part. */
function zip(name: string, content: Buffer, claimedSize = content.length): Buffer {
  const packed = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(claimedSize, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000'),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\u0005\u0006'), end]);
}
