import { describe, expect, it } from 'vitest';
import { parseFile } from './parse-file.ts';
import type { ParsedDocument } from './parsed-document.ts';

async function parse(fileName: string, content: string | Uint8Array): Promise<ParsedDocument> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const chunking = {
    strategy: 'structural',
    bodyTokens: 200,
    overlapTokens: 32,
    headerTokens: 48,
    parentTokens: 1024,
  } as const;
  return parseFile({ bytes, fileName, chunking }, () => undefined);
}

function blocksOf({ blocks, text }: ParsedDocument): string[] {
  return blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

describe('the type of a file', () => {
  it.each([
    ['page.txt', '<!doctype html><html><body><p>Hi', 'text/html'],
    ['data.txt', '{"a": 1}', 'application/json'],
    ['data.txt', '{"a": 1}\n{"a": 2}\n', 'application/jsonl'],
    ['data.txt', '<?xml version="1.0"?><a>b</a>', 'application/xml'],
    ['data.txt', '<order id="1"><total>5</total></order>', 'application/xml'],
    ['mail.txt', 'From: a@b.c\nTo: d@e.f\nSubject: x\n\nHello', 'message/rfc822'],
    ['table', 'name,age,town\nAda,36,Rome\nBob,40,Oslo\nEve,20,Bonn\n', 'text/csv'],
    ['table', 'name\tage\nAda\t36\nBob\t40\nEve\t20\n', 'text/tab-separated-values'],
    ['notes', '# Title\n\nText with **marks**.', 'text/markdown'],
    ['a.csv', 'one,two\n1,2', 'text/csv'],
    ['a.md', 'Just words.', 'text/markdown'],
    ['a.html', 'Just words, no tags.', 'text/plain'],
    ['a.json', 'Not JSON at all.', 'text/plain'],
    ['a.txt', '[draft] Notes on {braces}, see below.', 'text/plain'],
    ['a.txt', 'Dear all,\nplease note: one, two.\nThanks, Bob', 'text/plain'],
  ])('%s with %j is %s', async (name, content, type) => {
    expect((await parse(name, content)).mediaType).toBe(type);
  });

  it('is text in UTF-8, UTF-16 and windows-1252', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße', 'utf16le')]);
    expect((await parse('a.txt', utf16)).text).toBe('Grüße');
    expect((await parse('a.txt', '\ufeffGrüße')).text).toBe('Grüße');
    expect((await parse('a.txt', Buffer.from('Viele Gr\xfc\xdfe aus K\xf6ln \x80', 'latin1'))).text).toBe(
      'Viele Grüße aus Köln €',
    );
  });
});

describe('the canonical text', () => {
  it('is NFC, with line feeds, without control, invisible and bidirectional characters', async () => {
    const { text } = await parse('a.txt', 'Cafe\u0301\r\nA\u200bB\u202eC\u0007\u{e0041}\rD');
    expect(text).toBe('Café\nABC\nD');
  });

  it('of clean plain text is the file itself, stored once; its blocks leave out the white space around', async () => {
    const file = '\n\n  one\n\ntwo \n three\n \n';
    const { text, blocks } = await parse('a.txt', file);
    expect(text).toBe(file);
    expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual(['one', 'two \n three']);
  });
});

describe('Markdown', () => {
  it('gives headings, lists, tables and code, and its front matter', async () => {
    const document = await parse(
      'a.md',
      '---\ntitle: "Leave policy"\neffective_from: 2024-03-01\neffective-to: 2025-03-01\ntags: [hr, leave]\nlang: en\n---\n' +
        'Intro *with* [a link](https://x.y/z) and `code`.\n\n# One\n\n## Two #\n\n- item **one**\n- item two\n\n' +
        '| Name | Days |\n|:--|--:|\n| Ada | 30 |\n\n```js\nlet a_b = 1; // *x*\n```\n\n> quoted\n> words\n\nOther\n=====\n\nsnake_case stays. <!-- hidden -->',
    );
    expect(document.declared).toEqual({
      title: 'Leave policy',
      effectiveFrom: Date.UTC(2024, 2, 1),
      effectiveTo: Date.UTC(2025, 2, 1),
      tags: ['hr', 'leave'],
      language: 'en',
    });
    expect(blocksOf(document)).toEqual([
      'paragraph: Intro with a link (https://x.y/z) and code.',
      'heading: One',
      'heading: Two',
      'list-item: - item one',
      'list-item: - item two',
      'table-row: Name | Days',
      'table-row: Ada | 30',
      'code: let a_b = 1; // *x*',
      'quote: quoted\nwords',
      'heading: Other',
      'paragraph: snake_case stays.',
    ]);
    expect(document.blocks[7]?.headingPath).toEqual(['One', 'Two']);
  });
});

describe('HTML', () => {
  it('gives what a reader sees', async () => {
    const document = await parse(
      'a.html',
      '<html lang="en"><head><title>Rates &amp; fees</title><style>x</style></head><body><nav>Menu</nav><h1>Rates</h1>' +
        '<p>First<br>line <b>bold</b>.</p><ol><li>one<ul><li>nested</li></ul></li><li>two</li></ol><script>no()</script>' +
        '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table><p style="display:none">hidden</p><pre>a\n  b</pre>',
    );
    expect(document).toMatchObject({ title: 'Rates & fees', declared: { language: 'en' } });
    expect(blocksOf(document)).toEqual([
      'heading: Rates',
      'paragraph: First\nline bold.',
      'list-item: 1. one',
      'list-item: - nested',
      'list-item: 2. two',
      'table-row: A | B',
      'table-row: 1 | 2',
      'code: a\n  b',
    ]);
  });
});

describe('data', () => {
  it('CSV gives a record per row with the names of its columns', async () => {
    const document = await parse('a.csv', 'Name;Note\nAda;"a; ""b"""\nBob;\n');
    expect(blocksOf(document)).toEqual(['record: Name: Ada; Note: a; "b"', 'record: Name: Bob']);
  });

  it('JSON gives paths and values', async () => {
    const document = await parse(
      'a.json',
      JSON.stringify({ title: 'T', person: { name: 'Ada', langs: ['en', 'it'] }, none: null }),
    );
    expect(document.title).toBe('T');
    expect(document.text).toBe('title: T; person.name: Ada; person.langs: en, it');
  });

  it('large JSON is taken apart along its keys', async () => {
    const orders = Array.from({ length: 40 }, (_, id) => ({ id, total: 'x'.repeat(30) }));
    const document = await parse('a.json', JSON.stringify({ orders }));
    expect(document.blocks).toHaveLength(40);
    expect(document.blocks[0]?.headingPath).toEqual(['orders']);
  });

  it('JSON Lines leaves bad lines out and says so', async () => {
    const document = await parse('a.jsonl', '{"a":1}\n{"a":2}\n{oops\n');
    expect([document.text, document.warnings.length]).toEqual(['a: 1\na: 2', 1]);
  });

  it('XML gives titles as headings, short values as records and running text whole', async () => {
    const document = await parse(
      'a.xml',
      '<book><title>Rules</title><chapter><title>First</title><para>Some <b>bold</b> text.</para></chapter>' +
        '<order id="7"><total>5</total><town>Rome</town></order></book>',
    );
    expect(document.title).toBe('Rules');
    expect(blocksOf(document)).toEqual([
      'heading: Rules',
      'heading: First',
      'paragraph: Some bold text.',
      'record: id: 7; total: 5; town: Rome',
    ]);
    expect(document.blocks[2]?.headingPath).toEqual(['Rules', 'First']);
  });
});

describe('mail', () => {
  it('gives subject, who and when, and the text; attachments are named', async () => {
    const document = await parse(
      'a.eml',
      'From: Ada <ada@x.y>\nTo: bob@x.y\nSubject: =?utf-8?q?Caf=C3=A9?=\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nMIME-Version: 1.0\n' +
        'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Hello <b>there</b></p>\n--b\n' +
        'Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--b--\n',
    );
    expect(document.title).toBe('Café');
    expect(document.text).toMatch(/From: Ada <ada@x.y>\nTo: bob@x.y\nDate: /);
    expect(document.text).toMatch(/Hello there$/);
    expect(document.warnings).toEqual(['The attachment “a.pdf” was not read.']);
  });
});
