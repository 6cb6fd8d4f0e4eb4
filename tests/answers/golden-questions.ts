import { readFileSync } from 'node:fs';
import type { GoldPassage } from '../../bench/answers/places.ts';

/** A question of samples/handbook/questions.jsonl; its README explains the fields. */
export interface GoldenQuestion {
  readonly id: string;
  readonly question: string;
  readonly kind: string;
  readonly answerable: boolean;
  readonly gold: readonly GoldPassage[];
  /** A date, 00:00 UTC. */
  readonly asOf?: string;
}

const FILE = new URL('../../samples/handbook/questions.jsonl', import.meta.url);

/** All questions, in the order of the file. */
export function goldenQuestions(): GoldenQuestion[] {
  const lines = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as GoldenQuestion);
}

/** Whether every gold passage is needed, or any one of them will do. */
export function needsAll(question: GoldenQuestion): boolean {
  return question.kind === 'multi' || question.kind === 'conflict';
}
