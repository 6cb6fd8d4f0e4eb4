import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import mammoth from 'mammoth';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeBinaryDocuments } from './make.ts';

interface Question {
  readonly id: string;
  readonly question: string;
  readonly kind: string;
  readonly answerable: boolean;
  readonly gold: readonly { readonly document: string; readonly quote: string }[];
  readonly asOf?: string;
  readonly conflict?: boolean;
  readonly example?: boolean;
  readonly first?: boolean;
}

const folder = join(import.meta.dirname, 'documents');
const documents = globSync('*/*', { cwd: folder }).sort();
const questions = readFileSync(join(import.meta.dirname, 'questions.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Question);

const collapse = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(folder, path)));

async function pdfPages(path: string): Promise<string[]> {
  const loading = getDocument({ data: read(path), useSystemFonts: false, verbosity: 0 });
  const pdf = await loading.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''));
  }
  await loading.destroy();
  return pages;
}

/** The document's words as any parser would give them: simple markup gone, white space collapsed. */
async function plainText(path: string): Promise<string> {
  const extension = extname(path);
  if (extension === '.pdf') return collapse((await pdfPages(path)).join('\n'));
  if (extension === '.docx') return collapse((await mammoth.extractRawText({ buffer: Buffer.from(read(path)) })).value);
  const raw = new TextDecoder('utf-8', { fatal: true }).decode(read(path));
  if (extension === '.html' || extension === '.xml') return collapse(raw.replace(/<[^>]+>/gu, ' '));
  return collapse(raw);
}

/** Front matter's facts; an absent one is undefined. */
function interval(path: string): { title: string | undefined; from: string | undefined; to: string | undefined } {
  const front = /^---\n([\s\S]*?)\n---\n/u.exec(new TextDecoder().decode(read(path)))?.[1] ?? '';
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.+)$`, 'mu').exec(front)?.[1];
  return { title: field('title'), from: field('effectiveFrom'), to: field('effectiveTo') };
}

const texts = new Map<string, string>();
beforeAll(async () => {
  for (const path of documents) texts.set(path, await plainText(path));
});

describe('the sample handbook', () => {
  it('has enough documents in enough formats', () => {
    expect(documents.length).toBeGreaterThanOrEqual(32);
    const formats = new Set(documents.map((path) => extname(path)));
    expect([...formats].sort()).toEqual(['.csv', '.docx', '.eml', '.html', '.json', '.md', '.pdf', '.txt', '.xml']);
  });

  it('has a PDF of at least three pages', async () => {
    expect((await pdfPages('finance/expense-limits-and-benefits.pdf')).length).toBeGreaterThanOrEqual(3);
  });

  it('has binary documents that the script makes again byte for byte', async () => {
    const made = await makeBinaryDocuments();
    expect([...made.keys()].sort()).toEqual(documents.filter((path) => /\.(pdf|docx)$/u.test(path)));
    for (const [path, bytes] of made) expect(Buffer.compare(bytes, read(path)), path).toBe(0);
  });

  it('supersedes policies without a gap or an overlap, all before November 2026', () => {
    const markdown = documents.filter((path) => path.endsWith('.md')).map((path) => ({ path, ...interval(path) }));
    for (const { path, from } of markdown) expect(from, path).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
    const old = markdown.filter(({ to }) => to !== undefined);
    expect(old.length).toBeGreaterThanOrEqual(3);
    for (const { path, to } of old) {
      const newer = markdown.find((other) => other.path === path.replace(/-\d{4}\.md$/u, '.md'));
      expect(newer?.from, path).toBe(to);
      expect(newer?.to, path).toBeUndefined();
      expect((to ?? '9999') < '2026-11-01', path).toBe(true);
    }
  });
});

describe('the golden questions', () => {
  const count = (test: (question: Question) => boolean): number => questions.filter(test).length;

  it('are as many of each kind as promised, with unique ids', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(count(() => true)).toBeGreaterThanOrEqual(50);
    expect(count(({ answerable }) => !answerable)).toBeGreaterThanOrEqual(10);
    expect(count(({ kind, asOf }) => kind === 'version' && asOf !== undefined)).toBeGreaterThanOrEqual(4);
    expect(count(({ conflict }) => conflict === true)).toBeGreaterThanOrEqual(2);
    expect(count(({ example }) => example === true)).toBe(5);
    expect(count(({ first, example }) => first === true && example === true)).toBe(1);
    expect(count(({ first }) => first === true)).toBe(1);
  });

  it('quote words that are in the named document', () => {
    for (const { id, gold } of questions) {
      for (const { document, quote } of gold) expect(texts.get(document), `${id} ${document}`).toContain(quote);
    }
  });

  it('have gold passages exactly when they can be answered, and two documents when these conflict', () => {
    for (const { id, answerable, gold, conflict, kind } of questions) {
      expect(gold.length > 0, id).toBe(answerable);
      expect(kind === 'unanswerable', id).toBe(!answerable);
      expect(kind === 'conflict', id).toBe(conflict === true);
      if (conflict === true) expect(new Set(gold.map(({ document }) => document)).size, id).toBe(2);
    }
  });

  it('cite only documents that are valid at the date of the question', () => {
    for (const { id, gold, asOf = '2026-11-01' } of questions) {
      for (const { document } of gold.filter((passage) => passage.document.endsWith('.md'))) {
        const { from = '', to = '9999' } = interval(document);
        expect(from <= asOf && asOf < to, `${id}: ${document} at ${asOf}`).toBe(true);
      }
    }
  });
});
