import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { z } from 'zod';
import { PlumblineError } from '../../base/index.ts';
import { homeHolder } from '../../store/index.ts';
import type { backupSchema, progressSchema } from '../../server/index.ts';
import { runningServer } from '../client/connect.ts';
import { contextOf, present, withApi } from '../command.ts';

/** The command would destroy data and was not told to. */
class NotConfirmed extends PlumblineError {
  constructor(home: string) {
    super({
      code: 'reset.not-confirmed',
      kind: 'caller',
      message: `This deletes everything in ${home}. Run \`plumb reset --yes\` if that is what you want; \`plumb backup FILE\` keeps a copy.`,
    });
  }
}

/** Something runs on the home that must be stopped first. */
class HomeInUse extends PlumblineError {
  constructor(home: string, by: string) {
    super({
      code: 'home.locked',
      kind: 'caller',
      message: `${home} is in use by ${by}. Stop it and run the command again.`,
    });
  }
}

/** A folder that no Plumbline made. */
class NotAHome extends PlumblineError {
  constructor(home: string) {
    super({
      code: 'home.unknown',
      kind: 'caller',
      message: `${home} does not look like a Plumbline home, so nothing was deleted.`,
    });
  }
}

/** `plumb reindex`, `backup`, `restore`, `reset`. */
export function addUpkeepCommands(program: Command): void {
  program
    .command('reindex')
    .description('Build a collection’s index anew from the store; vectors are kept')
    .argument('[collection]', 'name', 'documents')
    .action(async (collection: string, _: object, command: Command) => {
      const context = contextOf(command);
      const path = `/v1/collections/${encodeURIComponent(collection)}`;
      const progress = await withApi(context, async ({ client }) => {
        let now = await client.post<z.infer<typeof progressSchema>>(`${path}/reindex`, {});
        while (now.vectors < now.chunks) {
          context.terminal.status(`indexing ${now.vectors}/${now.chunks} chunks`);
          await new Promise((done) => setTimeout(done, 250));
          now = await client.get(`${path}/index`);
        }
        context.terminal.status(null);
        return now;
      });
      present(context, progress, (terminal) => terminal.print(`${collection}: ${progress.chunks} chunks indexed.`));
    });
  program
    .command('backup')
    .description('Write everything into one file')
    .argument('<file>', 'for example plumbline-backup.tar.gz')
    .action(async (file: string, _: object, command: Command) => {
      const context = contextOf(command);
      const result = await withApi(context, ({ client }) =>
        client.post<z.infer<typeof backupSchema>>('/v1/backup', { file: resolve(file) }),
      );
      const { documents, bytes } = result;
      present(context, result, (terminal) => terminal.print(`${result.file}: ${documents} documents, ${bytes} bytes.`));
    });
  program
    .command('reset')
    .description('Delete this home with everything in it')
    .option('--yes', 'really')
    .action(async (options: { yes?: boolean }, command: Command) => {
      const context = contextOf(command);
      const { home } = context.config;
      await refuseWhileInUse(home, await runningServer(context.config));
      if (options.yes !== true) throw new NotConfirmed(home);
      if (!(await looksLikeHome(home))) throw new NotAHome(home);
      await rm(home, { recursive: true, force: true });
      present(context, { deleted: home }, (terminal) => terminal.print(`${home} is gone.`));
    });
}

async function refuseWhileInUse(home: string, server: string | null): Promise<void> {
  if (server !== null) throw new HomeInUse(home, `the server at ${server}`);
  const holder = await homeHolder(home);
  if (holder !== null) throw new HomeInUse(home, `process ${holder.pid}`);
}

async function looksLikeHome(home: string): Promise<boolean> {
  const marks = await Promise.all(
    ['database', 'blobs', 'index'].map((part) =>
      stat(`${home}/${part}`).then(
        () => true,
        () => false,
      ),
    ),
  );
  return marks.includes(true);
}
