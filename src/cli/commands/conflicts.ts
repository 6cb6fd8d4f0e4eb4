import type { Command } from 'commander';
import type { ConflictEntry } from '../../answers/index.ts';
import { contextOf, present, withApi } from '../command.ts';
import { place } from '../terminal/show-answer.ts';
import { printable, wrap } from '../terminal/terminal.ts';

/** `plumb conflicts` */
export function addConflictCommands(program: Command): void {
  const conflicts = program
    .command('conflicts')
    .description('Documents that disagree, as answers came upon them')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb conflicts\n  plumb conflicts resolve ID --decision "The policy is right."\n',
    );
  conflicts
    .command('list', { isDefault: true })
    .description('Show them, newest first')
    .option('--all', 'also those that were resolved')
    .addHelpText('after', '\nExample:\n  plumb conflicts list --all\n')
    .action(async ({ all }: { readonly all?: boolean }, command: Command) => {
      const context = await contextOf(command);
      const { items } = await withApi(context, ({ client }) =>
        client.get<{ items: ConflictEntry[] }>(`/v1/conflicts?state=${all === true ? 'all' : 'open'}`),
      );
      present(context, items, (terminal) => {
        if (items.length === 0) terminal.print('No documents disagree, as far as answers have shown.');
        for (const entry of items) {
          const state = entry.state === 'open' ? '' : `  resolved: ${printable(entry.resolution ?? '')}`;
          terminal.print(`${entry.id}  ${terminal.style('bold', printable(entry.question))}  ×${entry.times}${state}`);
          for (const line of wrap(printable(entry.reason), 100, '    ')) terminal.print(line);
          for (const citation of entry.citations) terminal.print(`    ${terminal.style('dim', place(citation))}`);
        }
      });
    });
  conflicts
    .command('resolve')
    .description('Note what was decided; the documents are yours to mend')
    .argument('<id>')
    .requiredOption('--decision <text>', 'what was decided')
    .addHelpText(
      'after',
      '\nExample:\n  plumb conflicts resolve 01a1fd92-6fa3-76cd-9416-f20183dceb1d --decision "The policy is right."\n',
    )
    .action(async (id: string, { decision }: { readonly decision: string }, command: Command) => {
      const context = await contextOf(command);
      const resolved = await withApi(context, ({ client }) =>
        client.post<ConflictEntry>(`/v1/conflicts/${encodeURIComponent(id)}/resolve`, { resolution: decision }),
      );
      present(context, resolved, (terminal) => terminal.print(`Resolved: ${printable(resolved.reason)}`));
    });
}
