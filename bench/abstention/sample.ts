import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A question with the one passage that was given with it. */
export interface AskedPassage {
  readonly id: string;
  readonly question: string;
  /** Whether people found the answer in the passage. */
  readonly answerable: boolean;
  readonly title: string;
  readonly text: string;
}

interface Line {
  readonly id: string;
  readonly input: string;
  readonly passages: readonly { readonly title: string; readonly text: string }[];
}

/** Reads `answerable.jsonl` and `unanswerable.jsonl` of a folder or of the one folder in it. @throws Error that says what is missing */
export function readSample(given: string): AskedPassage[] {
  const found = globSync('{.,*}/answerable.jsonl', { cwd: given })[0];
  const folder = found === undefined ? given : join(given, dirname(found));
  return (['answerable', 'unanswerable'] as const).flatMap((name) => {
    const path = join(folder, `${name}.jsonl`);
    if (!existsSync(path))
      throw new Error(`${path} is not there. Name the folder of ClapNQ's answerable.jsonl and unanswerable.jsonl.`);
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const { id, input, passages } = JSON.parse(line) as Line;
      const title = passages[0]?.title ?? '';
      return {
        id,
        question: input,
        answerable: name === 'answerable',
        title,
        text: passages.map(({ text }) => text).join('\n\n'),
      };
    });
  });
}
