import { Argument, type Command } from 'commander';
import type { z } from 'zod';
import type { declaredCollectionSchema, privacySchema } from '../../server/index.ts';
import { contextOf, present, withApi } from '../command.ts';
import { table, type Terminal } from '../terminal/terminal.ts';

type DeclaredCollection = z.infer<typeof declaredCollectionSchema>;
type Declared = z.infer<typeof privacySchema>;

const CLASSES = ['public', 'internal', 'private', 'none'];

/** `plumb privacy` */
export function addPrivacyCommands(program: Command): void {
  const privacy = program
    .command('privacy')
    .description('What is declared private: it goes to private models only')
    .addHelpText('after', '\nExamples:\n  plumb privacy\n  plumb privacy set private --collection contracts\n');
  privacy
    .command('show', { isDefault: true })
    .description('What organisation and collections declare, and what counts')
    .addHelpText('after', '\nExample:\n  plumb privacy show\n')
    .action(async (_: object, command: Command) => {
      const context = await contextOf(command);
      const declared = await withApi(context, ({ client }) => client.get<Declared>('/v1/privacy'));
      present(context, declared, show);
    });
  privacy
    .command('set')
    .description('Declare what a collection is, or everything the organisation has; the strictest declaration counts')
    .addArgument(new Argument('<class>', 'what the material is; none takes a declaration back').choices(CLASSES))
    .option('--collection <name>', 'only this collection; default: everything')
    .addHelpText('after', '\nExamples:\n  plumb privacy set private --collection contracts\n  plumb privacy set none\n')
    .action(async (given: string, options: { collection?: string }, command: Command) => {
      const context = await contextOf(command);
      const { collection } = options;
      const wanted = { dataClass: given === 'none' ? null : given };
      if (collection === undefined) {
        const declared = await withApi(context, ({ client }) => client.put<Declared>('/v1/privacy', wanted));
        present(context, declared, show);
        return;
      }
      const path = `/v1/collections/${encodeURIComponent(collection)}/privacy`;
      const declared = await withApi(context, ({ client }) => client.put<DeclaredCollection>(path, wanted));
      present(context, declared, (terminal, { name, effective }) => terminal.print(`${name} counts as ${effective}.`));
    });
}

function show(terminal: Terminal, { installation, organisation, collections }: Declared): void {
  terminal.print(`Everything here, by models.json: ${installation}`);
  terminal.print(`Everything the organisation has: ${organisation ?? 'nothing declared'}`);
  if (collections.length === 0) return;
  const rows = collections.map(({ name, declared, effective }) => [name, declared ?? '-', effective]);
  terminal.print('');
  for (const line of table([['COLLECTION', 'DECLARED', 'COUNTS AS'], ...rows])) terminal.print(line);
}
