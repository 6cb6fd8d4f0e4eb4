import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A query of a retrieval set. */
export interface Query {
  readonly id: string;
  readonly text: string;
}

/** A document of a retrieval set. */
export interface Document extends Query {
  /** May be empty. */
  readonly title: string;
}

/** A retrieval set in the layout of BEIR (Thakur et al., 2021). */
export interface RetrievalSet {
  /** The folder's name. */
  readonly name: string;
  readonly documents: readonly Document[];
  /** Only those that have judgements. */
  readonly queries: readonly Query[];
  /** query → document → grade. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * Reads `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`.
 * @throws Error naming the file that is missing
 */
export async function readRetrievalSet(folder: string): Promise<RetrievalSet> {
  for (const file of ['corpus.jsonl', 'queries.jsonl', 'qrels/test.tsv']) {
    if (!existsSync(join(folder, file))) {
      throw new Error(
        `${folder} has no ${file}. Give a folder in the BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv.`,
      );
    }
  }
  const judgements = parseJudgements(await readFile(join(folder, 'qrels', 'test.tsv'), 'utf8'));
  const queries = await readItems(join(folder, 'queries.jsonl'));
  return {
    name: basename(resolve(folder)),
    documents: await readItems(join(folder, 'corpus.jsonl')),
    queries: queries.filter((query) => judgements.has(query.id)),
    judgements,
  };
}

/** Reads the judgements' table: a heading, then `query<TAB>document<TAB>grade`. */
function parseJudgements(table: string): Map<string, Map<string, number>> {
  const judgements = new Map<string, Map<string, number>>();
  for (const line of table.split(/\r?\n/).slice(1)) {
    const [query, document, grade] = line.split('\t');
    if (query === undefined || document === undefined || grade === undefined) continue;
    const ofQuery = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, ofQuery.set(document, Number(grade)));
  }
  return judgements;
}

async function readItems(file: string): Promise<Document[]> {
  const items: Document[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const { _id, title, text } = JSON.parse(line) as { _id: string; title?: string; text: string };
    items.push({ id: _id, title: title ?? '', text });
  }
  return items;
}
