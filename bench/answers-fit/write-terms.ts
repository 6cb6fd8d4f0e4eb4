import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { apart } from '../../src/answers/extractive/candidate-sentences.ts';
import { subjectTerms } from '../../src/answers/extractive/score-sentences.ts';
import { analyse } from '../../src/retrieval/index.ts';
import type { Metrics } from '../report/report.ts';

/**
 * Writes the terms of texts, a JSON string a line, for models/word-kinship/learn.py: a line `{terms, asked}` for each, each term once; `asked` are
 * those that count where the text is a question.
 */
export async function writeTerms(args: readonly string[]): Promise<Metrics> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' } },
    allowPositionals: true,
  });
  const [given] = positionals;
  if (given === undefined || values.out === undefined)
    throw new Error('Name the file of texts and the file to write to: answers-terms TEXTS --out FILE.');
  const lines = (await readFile(given, 'utf8')).split('\n').filter((line) => line !== '');
  const told = lines.map((line) => JSON.stringify(termsOf(JSON.parse(line) as string)));
  await writeFile(values.out, `${told.join('\n')}\n`);
  return { texts: lines.length };
}

function termsOf(text: string): { readonly terms: string[]; readonly asked: string[] } {
  const terms = [...new Set(analyse(apart(text)))];
  return { terms, asked: [...subjectTerms([...new Set(analyse(text))])] };
}
