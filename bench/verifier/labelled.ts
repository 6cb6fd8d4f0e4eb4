import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimSource } from '../../src/answers/index.ts';

/** A text, the source it should follow from, and whether people found that it does. */
export interface Labelled {
  readonly text: string;
  readonly source: ClaimSource;
  readonly supported: boolean;
}

/** Sets of the folder by the name their figures carry. */
export async function readLabelledSets(folder: string): Promise<Map<string, Labelled[]>> {
  const sets = new Map<string, Labelled[]>();
  sets.set('Wice', await readWice(join(folder, 'wice-dev', 'claim.jsonl')));
  for (const domain of ['News', 'Ectsum', 'Samsum']) {
    sets.set(domain, await readSummEdits(join(folder, `summedits-${domain.toLowerCase()}.jsonl`)));
  }
  return sets;
}

async function readWice(path: string): Promise<Labelled[]> {
  const sources = sharedSources();
  const rows = await readRows<{ label: string; claim: string; evidence: string[] }>(path);
  return rows.map(({ label, claim, evidence }) => ({
    text: claim,
    source: sources(evidence.join('\n')),
    supported: label === 'supported',
  }));
}

async function readSummEdits(path: string): Promise<Labelled[]> {
  const sources = sharedSources();
  const rows = await readRows<{ doc: string; summary: string; label: number }>(path);
  return rows.map(({ doc, summary, label }) => ({ text: summary, source: sources(doc), supported: label === 1 }));
}

async function readRows<T>(path: string): Promise<T[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as T);
}

/** One object per text, as an application has it: the verifier reads each source once. */
function sharedSources(): (text: string) => ClaimSource {
  const known = new Map<string, ClaimSource>();
  return (text) => {
    const source = known.get(text) ?? { id: `s${known.size + 1}`, text };
    known.set(text, source);
    return source;
  };
}
