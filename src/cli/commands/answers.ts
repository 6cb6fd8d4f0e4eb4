import { type Command, Option } from 'commander';
import type { Answer, ComparedAnswers } from '../../answers/index.ts';
import { contextOf, present, withApi } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { showAnswer } from '../terminal/show-answer.ts';
import { explainAnswer } from '../terminal/explain-answer.ts';
import { showComparison } from '../terminal/show-comparison.ts';

interface FeedbackOptions {
  readonly rating: string;
  readonly correct?: string;
  readonly wrongCitation?: number;
  readonly note?: string;
}

const path = (id: string): string => `/v1/answers/${encodeURIComponent(id)}`;

/** `plumb answers` */
export function addAnswerCommands(program: Command): void {
  const answers = program
    .command('answers')
    .description('Answers that were given')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb answers show ID\n  plumb answers rate ID --rating down --note "too long"\n',
    );
  answers
    .command('show')
    .description('An answer as it was given')
    .argument('<id>')
    .addHelpText('after', '\nExample:\n  plumb answers show 01a1fd92-6fa3-76cd-9416-f20183dceb1d\n')
    .action(async (id: string, _: object, command: Command) => {
      const context = await contextOf(command);
      const answer = await withApi(context, ({ client }) => client.get<Answer>(path(id)));
      present(context, answer, showAnswer);
    });
  answers
    .command('explain')
    .description('How an answer came about: passages, verdicts, conflicts, times')
    .argument('<id>')
    .addHelpText('after', '\nExample:\n  plumb answers explain 01a1fd92-6fa3-76cd-9416-f20183dceb1d\n')
    .action(async (id: string, _: object, command: Command) => {
      const context = await contextOf(command);
      const answer = await withApi(context, ({ client }) => client.get<Answer>(path(id)));
      present(context, answer, explainAnswer);
    });
  addReplayCommands(answers);
  answers
    .command('rate')
    .description('Say what you think of an answer; it may become an evaluation case')
    .argument('<id>')
    .addOption(new Option('--rating <thumb>', 'what you think of it').choices(['up', 'down']).makeOptionMandatory())
    .addOption(new Option('--correct <text>', 'what it should have said'))
    .option('--wrong-citation <number>', 'a citation that does not carry its sentence, as shown', wholeNumber(1, 1000))
    .option('--note <text>', 'anything else')
    .addHelpText(
      'after',
      '\nExample:\n  plumb answers rate ID --rating down --wrong-citation 2 --correct "It is 48 months."\n',
    )
    .action(async (id: string, { rating, correct, wrongCitation, note }: FeedbackOptions, command: Command) => {
      const context = await contextOf(command);
      const kept = await withApi(context, ({ client }) =>
        client.post<{ id: string }>(`${path(id)}/feedback`, {
          rating,
          ...(correct === undefined ? {} : { correctedText: correct }),
          ...(wrongCitation === undefined ? {} : { wrongCitation: wrongCitation - 1 }),
          ...(note === undefined ? {} : { note }),
        }),
      );
      present(context, kept, (terminal) => terminal.print('Kept. Thank you.'));
    });
}

function addReplayCommands(answers: Command): void {
  answers
    .command('replay')
    .description('The same question again, of the same moment and documents; then what became of each claim')
    .argument('<id>')
    .option('--prompt <name>', 'with this prompt, for example answer@2')
    .option('--model <name>', 'only with this model of models.json')
    .addHelpText('after', '\nExample:\n  plumb answers replay ID --prompt answer@2\n')
    .action(async (id: string, options: object, command: Command) => {
      const context = await contextOf(command);
      const replayed = await withApi(context, async ({ client }) => {
        const answer = await client.post<Answer>(`${path(id)}/replay`, options);
        const comparison = await client.get<ComparedAnswers>(`${path(id)}/compare?with=${answer.id}`);
        return { answer, comparison };
      });
      present(context, replayed, (terminal) => {
        showAnswer(terminal, replayed.answer);
        terminal.print();
        showComparison(terminal, replayed.comparison);
      });
    });
  answers
    .command('compare')
    .description('Two answers, claim by claim')
    .argument('<before>')
    .argument('<after>')
    .addHelpText('after', '\nExample:\n  plumb answers compare ID OTHER-ID\n')
    .action(async (...[before, after, , command]: [string, string, object, Command]) => {
      const context = await contextOf(command);
      const compared = await withApi(context, ({ client }) =>
        client.get<ComparedAnswers>(`${path(before)}/compare?with=${encodeURIComponent(after)}`),
      );
      present(context, compared, showComparison);
    });
}
