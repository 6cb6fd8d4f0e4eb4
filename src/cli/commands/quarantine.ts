import type { Command } from 'commander';
import type { z } from 'zod';
import type { quarantinedSchema, storedSchema } from '../../server/index.ts';
import { contextOf, present, withApi } from '../command.ts';
import { printable, wrap } from '../terminal/terminal.ts';

/** `plumb quarantine` */
export function addQuarantineCommands(program: Command): void {
  const quarantine = program
    .command('quarantine')
    .description('Files that could not become documents')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb quarantine\n  plumb quarantine retry ID\n  plumb quarantine discard ID\n',
    );
  quarantine
    .command('list', { isDefault: true })
    .description('Show them with the reason')
    .addHelpText('after', '\nExample:\n  plumb quarantine list\n')
    .action(async (_: object, command: Command) => {
      const context = await contextOf(command);
      const { items } = await withApi(context, ({ client }) =>
        client.get<{ items: z.infer<typeof quarantinedSchema>[] }>('/v1/quarantine'),
      );
      present(context, items, (terminal) => {
        if (items.length === 0) terminal.print('Quarantine is empty.');
        for (const file of items) {
          terminal.print(`${file.id}  ${terminal.style('bold', printable(file.externalId))}  ${file.code}`);
          for (const line of wrap(file.reason, 100, '    ')) terminal.print(line);
        }
      });
    });
  quarantine
    .command('retry')
    .description('Try files again')
    .addHelpText('after', '\nExample:\n  plumb quarantine retry 01a1fd92-6fa3-76cd-9416-f20183dceb1d\n')
    .argument('<id...>')
    .action(async (ids: string[], _: object, command: Command) => {
      const context = await contextOf(command);
      const stored = await withApi(context, async ({ client }) => {
        const done: z.infer<typeof storedSchema>[] = [];
        for (const id of ids) done.push(await client.post(`/v1/quarantine/${encodeURIComponent(id)}/retry`, {}));
        return done;
      });
      present(context, stored, (terminal) => {
        for (const each of stored) terminal.print(`${printable(each.externalId)} is a document now (${each.id}).`);
      });
    });
  quarantine
    .command('discard')
    .description('Forget files and their bytes')
    .addHelpText('after', '\nExample:\n  plumb quarantine discard 01a1fd92-6fa3-76cd-9416-f20183dceb1d\n')
    .argument('<id...>')
    .action(async (ids: string[], _: object, command: Command) => {
      const context = await contextOf(command);
      await withApi(context, async ({ client }) => {
        for (const id of ids) await client.delete(`/v1/quarantine/${encodeURIComponent(id)}`);
      });
      present(context, { discarded: ids }, (terminal) => terminal.print(`Discarded: ${ids.length}.`));
    });
}
