import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { textToRead } from '../../src/answers/extractive/text-to-read.ts';
import { projectRoot } from '../data.ts';
import { type Metrics, progress } from '../report/report.ts';
import { type Collected, collectSet } from './collect.ts';

/** Golden folders that the reader of answers is trained on. */
const ORGANISATIONS = join(projectRoot, 'models', 'answer-reader', 'organisations');

/** A sentence that the product met, as the reader of answers reads it. */
export interface Met {
  readonly text: string;
  readonly answers: boolean;
  /** Logarithm of the odds by the reader as it is now; null: ranked too low to be read. */
  readonly odds: number | null;
}

/**
 * Asks the questions of models/answer-reader/organisations through the product and writes the sentences it met on the way to an answer, a file
 * `NAME.jsonl` for each organisation with a line `{question, answerable, met: [{text, answers, odds}]}` for each question: what models/answer-reader/adapt.py learns from.
 * Questions that only several passages answer together are left out.
 */
export async function writeMet(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, organisations: { type: 'string', default: ORGANISATIONS } },
  });
  if (values.out === undefined) throw new Error('Name the folder to write to with --out.');
  await mkdir(values.out, { recursive: true });
  const entries = await readdir(values.organisations, { withFileTypes: true });
  const names = entries.flatMap((each) => (each.isDirectory() ? [each.name] : [])).toSorted();
  let [questions, answerable, found] = [0, 0, 0];
  for (const name of names) {
    const collected = (await collectSet(join(values.organisations, name))).filter(({ needsAll }) => !needsAll);
    const lines = collected.map((each) =>
      JSON.stringify({ question: each.asked.text, answerable: each.answerable, met: metOf(each) }),
    );
    await writeFile(join(values.out, `${name}.jsonl`), `${lines.join('\n')}\n`);
    progress(`${name} written`);
    questions += collected.length;
    answerable += collected.filter((each) => each.answerable).length;
    found += collected.filter((each) => each.gold.size > 0).length;
  }
  return { organisations: names.length, questions, answerable, found };
}

/** A question's sentences that were read or answer it, best ranked first; of those that read alike the best, an answer if one of them is. */
export function metOf({ ranked, gold, odds }: Pick<Collected, 'ranked' | 'gold' | 'odds'>): Met[] {
  const met = new Map<string, Met>();
  for (const each of ranked) {
    const answers = gold.has(each);
    const own = odds.get(each.sentence) ?? null;
    if (own === null && !answers) continue;
    const text = textToRead(each.sentence);
    const before = met.get(text);
    if (before === undefined) met.set(text, { text, answers, odds: own });
    else met.set(text, { ...before, answers: before.answers || answers });
  }
  return [...met.values()];
}
