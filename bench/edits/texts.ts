import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { splitSentences } from '../../src/ingest/index.ts';
import { projectRoot } from '../data.ts';
import { below, type Random } from '../corpus/random.ts';

/** A sentence with the sentences around it. */
export interface Drawn {
  readonly set: string;
  readonly sentence: string;
  /** Contains the sentence. */
  readonly source: string;
}

/** Sentences before and after a drawn one that its source keeps. */
const AROUND = 4;
const SHORTEST = 40;
const LONGEST = 320;

/** Draws sentences of prose from the handbook and from the sets of the test data that are there, equally many of each. */
export async function drawSentences(data: string, random: Random, count: number): Promise<Drawn[]> {
  const sets = await readSets(data);
  const drawn: Drawn[] = [];
  const each = Math.ceil(count / Math.max(1, sets.size));
  for (const [set, documents] of sets) {
    const pool = shuffled(
      documents.flatMap((document) => sentencesOf(set, document)),
      random,
    );
    drawn.push(...pool.slice(0, each));
  }
  return drawn;
}

/** Documents by the name of their set: the sample handbook and what is there of the test data. */
export async function readSets(data: string): Promise<Map<string, string[]>> {
  const sets = new Map<string, string[]>();
  sets.set('handbook', await readMarkdown(join(projectRoot, 'samples', 'handbook', 'documents')));
  const wice = join(data, 'grounding', 'wice-dev', 'claim.jsonl');
  if (existsSync(wice)) sets.set('wice', await readWice(wice));
  const healthver = join(data, 'grounding', 'healthver-dev', 'dev.csv');
  if (existsSync(healthver)) sets.set('healthver', await readHealthver(healthver));
  const legal = join(data, 'legal', 'justice-canada');
  if (existsSync(legal)) sets.set('legal', await readLegal(legal));
  return sets;
}

async function readMarkdown(folder: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const path of glob('**/*.md', { cwd: folder })) {
    const text = await readFile(join(folder, path), 'utf8');
    texts.push(text.replace(/^---\n[\s\S]*?\n---\n/, '').replaceAll(/[*`]/g, ''));
  }
  return texts.toSorted();
}

async function readWice(path: string): Promise<string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  return [...new Set(lines.map((line) => (JSON.parse(line) as { evidence: string[] }).evidence.join('\n')))];
}

async function readHealthver(path: string): Promise<string[]> {
  const rows = (await readFile(path, 'utf8')).matchAll(/^\d+,(?:"((?:[^"]|"")*)"|([^,\n]*)),/gm);
  return [...new Set([...rows].map(([, quoted, bare]) => (quoted ?? bare ?? '').replaceAll('""', '"')))];
}

async function readLegal(folder: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const path of glob('*.xml', { cwd: folder })) {
    const xml = await readFile(join(folder, path), 'utf8');
    const paragraphs = [...xml.matchAll(/<Text>(.*?)<\/Text>/g)].map(([, inner = '']) =>
      inner.replaceAll(/<[^>]*>/g, ''),
    );
    texts.push(paragraphs.join('\n\n').replaceAll('&amp;', '&'));
  }
  return texts.toSorted();
}

function sentencesOf(set: string, document: string): Drawn[] {
  const spans = splitSentences(document);
  return spans.flatMap(({ start, end }, i): Drawn[] => {
    const sentence = document.slice(start, end).replaceAll(/\s+/g, ' ');
    if (!isProse(sentence)) return [];
    const from = spans[Math.max(0, i - AROUND)]?.start ?? start;
    const to = spans[Math.min(spans.length - 1, i + AROUND)]?.end ?? end;
    return [{ set, sentence, source: document.slice(from, to) }];
  });
}

function isProse(sentence: string): boolean {
  if (sentence.length < SHORTEST || sentence.length > LONGEST) return false;
  return (
    /^[A-Z]/.test(sentence) && /[a-z)\d]\.$/.test(sentence) && !/[|;]/.test(sentence) && sentence.split(' ').length >= 7
  );
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = below(random, i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}
