import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { z } from 'zod';
import { PlumblineError } from '../../base/index.ts';
import type { fittedSchema } from '../../server/index.ts';
import { contextOf, present, withApi } from '../command.ts';
import type { Terminal } from '../terminal/terminal.ts';

type Fitted = z.infer<typeof fittedSchema>;

/** The file with judged questions cannot be read as such. */
class JudgedFileInvalid extends PlumblineError {
  constructor(file: string, problem: string) {
    super({
      code: 'judged-file.invalid',
      kind: 'caller',
      message: `${file} ${problem}. Allowed: lines of JSON like {"question": "…", "relevant": ["leave.md"]}.`,
    });
  }
}

/** `plumb collections fit` */
export function addFit(collections: Command): void {
  collections
    .command('fit')
    .description('Find what meaning should weigh against words, by questions whose documents are known')
    .argument('<collection>')
    .argument('<file>', 'a line of JSON per question: {"question": "…", "relevant": ["leave.md"]}; 20 to 500 lines')
    .option('--set', 'use the weight from now on, if it is better for sure')
    .addHelpText('after', '\nExample:\n  plumb collections fit handbook judged.jsonl --set\n')
    .action(async (...[name, file, options, command]: [string, string, { set?: boolean }, Command]) => {
      const context = await contextOf(command);
      const judged = await readJudged(file);
      context.terminal.status(`Searching ${judged.length} questions with each weight …`);
      const path = `/v1/collections/${encodeURIComponent(name)}/retrieval/fit`;
      const fitted = await withApi(context, ({ client }) =>
        client.post<Fitted>(path, { judged, set: options.set === true }),
      ).finally(() => context.terminal.status(null));
      present(context, fitted, show);
    });
}

async function readJudged(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new JudgedFileInvalid(file, 'cannot be read');
  });
  return text.split('\n').flatMap((line, at): unknown[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch {
      throw new JudgedFileInvalid(file, `holds no JSON in line ${at + 1}`);
    }
  });
}

function show(
  terminal: Terminal,
  { current, weight, before, heldOut, gainLow, isBetter, isSet, questions }: Fitted,
): void {
  const figures = `nDCG at 10 ${before.toFixed(3)} with ${current}, ${heldOut.toFixed(3)} with weights chosen on other questions`;
  terminal.print(`vectorWeight ${weight} was best on ${questions} questions: ${figures}.`);
  const gain = `the gain is at least ${gainLow.toFixed(3)} in 95 of 100 cases`;
  if (isSet) terminal.print(`It is used from now on: ${gain}.`);
  else if (isBetter) terminal.print(`It is better for sure (${gain}); --set uses it.`);
  else terminal.print(`It is not better for sure (${gain}), and nothing was changed.`);
}
