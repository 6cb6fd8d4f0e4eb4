import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GoldPassage } from './places.ts';

/** A line of `questions.jsonl`; bench/README.md explains the fields. */
export interface GoldenQuestion {
  readonly id: string;
  readonly question: string;
  readonly kind: string;
  readonly answerable: boolean;
  readonly gold: readonly GoldPassage[];
  /** Every gold passage is needed; otherwise any one of them will do. */
  readonly needsAll: boolean;
  /** The answer must show that the gold passages disagree. */
  readonly conflict: boolean;
  /** Milliseconds since 1970 UTC; null: now. */
  readonly asOf: number | null;
}

/** A folder of documents with questions about them. */
export interface GoldenFolder {
  readonly documents: string;
  readonly questions: readonly GoldenQuestion[];
}

interface Line {
  readonly id?: string;
  readonly question: string;
  readonly kind?: string;
  readonly answerable?: boolean;
  readonly gold?: readonly GoldPassage[];
  readonly all?: boolean;
  readonly conflict?: boolean;
  readonly asOf?: string;
}

/** Kinds of question that need every gold passage unless `all` says otherwise. */
const NEED_ALL: readonly string[] = ['multi', 'conflict'];

/** Reads the folder. @throws Error that says what is missing */
export function readGoldenFolder(given: string): GoldenFolder {
  const folder = resolve(given);
  const [documents, file] = [join(folder, 'documents'), join(folder, 'questions.jsonl')];
  for (const path of [documents, file]) {
    if (!existsSync(path)) throw new Error(`${path} is not there. A folder has documents/ and questions.jsonl.`);
  }
  const lines = readFileSync(file, 'utf8').split('\n');
  const questions = lines.flatMap((line, i) => (line.trim() === '' ? [] : [questionOf(JSON.parse(line) as Line, i)]));
  return { documents, questions };
}

function questionOf(line: Line, index: number): GoldenQuestion {
  const gold = line.gold ?? [];
  const kind = line.kind ?? (gold.length > 0 ? 'fact' : 'unanswerable');
  return {
    id: line.id ?? `line ${index + 1}`,
    question: line.question,
    kind,
    answerable: line.answerable ?? gold.length > 0,
    gold,
    needsAll: line.all ?? (line.conflict === true || NEED_ALL.includes(kind)),
    conflict: line.conflict === true,
    asOf: line.asOf === undefined ? null : Date.parse(line.asOf),
  };
}
