import { type Command, Option } from 'commander';
import type { Answer, SearchPage } from '../../answers/index.ts';
import { contextOf, EXIT, present, withApi } from '../command.ts';
import { FORMATS, generationOf } from './read-format.ts';
import { conditions, type Moments, moments, type Where, wholeNumber } from '../options.ts';
import { showStages, wayOf } from '../terminal/show-stages.ts';
import { place, showAnswer } from '../terminal/show-answer.ts';
import { wrap } from '../terminal/terminal.ts';

interface ReadOptions {
  readonly collection?: string;
  readonly asOf?: string;
  readonly where?: Where;
}

interface AskOptions extends ReadOptions {
  readonly between?: Moments;
  readonly after?: string;
  readonly format?: string;
  readonly schema?: string;
}

interface SearchOptions extends ReadOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly fusion?: string;
  readonly preset?: string;
  readonly explain?: boolean;
}

const WHERE = 'only documents whose metadata say so, for example amount>=100; may be given again';

function filterOf(where: Where | undefined): { filter?: { metadata: Where } } {
  return where === undefined ? {} : { filter: { metadata: where } };
}

/** `plumb ask` and `plumb search`. */
export function addAskCommands(program: Command): void {
  addAskCommand(program);
  addSearchCommand(program);
}

function addAskCommand(program: Command): void {
  program
    .command('ask')
    .description('Ask a question; the answer quotes and cites its sources, or says that there is none')
    .argument('<question...>')
    .option('-c, --collection <name>', 'where to look; default: documents, else the only one')
    .option('--as-of <date>', 'what was valid at this moment, for example 2024-06-01')
    .option('--where <condition>', WHERE, conditions)
    .option('--after <id>', 'a follow-up: read it in the light of this answer’s question')
    .option('--between <moments>', 'what changed between two dates or versions: 2024-01-01..2025-01-01, 1..2', moments)
    .addOption(new Option('--format <kind>', 'how it is written; json: by --schema').choices(FORMATS))
    .option('--schema <file>', 'a JSON schema of what the answer is to be; a language model fills it in')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb ask "How many days of annual leave do I get?"\n  plumb ask --as-of 2024-06-01 "What is the per diem for Paris?"\n  plumb ask --between 2024-06-01..2025-06-01 "annual leave"\n',
    )
    .action(async (words: string[], options: AskOptions, command: Command) => {
      const context = await contextOf(command);
      const { collection, asOf, where, between, after } = options;
      const generation = await generationOf(options);
      const body = {
        question: words.join(' '),
        collection,
        asOf,
        ...filterOf(where),
        ...(between && { between }),
        ...generation,
      };
      const answer = await withApi(context, async ({ client }) => {
        const before =
          after === undefined ? null : await client.get<Answer>(`/v1/answers/${encodeURIComponent(after)}`);
        const earlier = before === null ? {} : { earlier: [before.readAs ?? before.question] };
        return await client.post<Answer>('/v1/answers', { ...body, ...earlier });
      });
      present(context, answer, showAnswer);
      if (answer.kind === 'abstained') process.exitCode = EXIT.nothing;
    });
}

function addSearchCommand(program: Command): void {
  program
    .command('search')
    .description('Find passages by words and by meaning')
    .argument('<words...>')
    .option('-c, --collection <name>', 'where to look; default: documents, else the only one')
    .option('--as-of <date>', 'what was valid at this moment')
    .option('--where <condition>', WHERE, conditions)
    .option('-n, --limit <number>', 'how many passages, 1 to 100', wholeNumber(1, 100), 5)
    .option('--cursor <cursor>', 'the page after this one')
    .addOption(new Option('--fusion <kind>', 'how words and meaning are joined').choices(['score', 'minmax', 'rank']))
    .addOption(new Option('--preset <name>', 'how much is done to the ranking').choices(['fast', 'balanced', 'best']))
    .option('--explain', 'show what each stage did with the passages')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb search parental leave\n  plumb search --json -n 20 laptop replacement\n',
    )
    .action(async (words: string[], { preset, explain, where, ...options }: SearchOptions, command: Command) => {
      const context = await contextOf(command);
      const page = await withApi(context, ({ client }) =>
        client.post<SearchPage>(explain === true ? '/v1/search?explain=1' : '/v1/search', {
          query: words.join(' '),
          ...options,
          ...filterOf(where),
          ...(preset === undefined ? {} : { retrieval: { preset } }),
        }),
      );
      present(context, page, (terminal) => {
        if (page.items.length === 0) terminal.print('Nothing found.');
        if (page.explain !== null) showStages(terminal, page.explain);
        for (const [index, item] of page.items.entries()) {
          terminal.print(`${terminal.style('bold', place(item))}  ${terminal.style('dim', item.score.toFixed(3))}`);
          for (const line of wrap(item.quote.slice(0, 300), 100, '  ')) terminal.print(line);
          if (page.explain !== null) terminal.print(`  ${terminal.style('dim', wayOf(page.explain, index))}`);
        }
        if (page.nextCursor !== null) terminal.note(`More: --cursor ${page.nextCursor}`);
      });
      if (page.items.length === 0) process.exitCode = EXIT.nothing;
    });
}
