import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { z } from 'zod';
import { PlumblineError } from '../../base/index.ts';
import type { backupSchema, collectionSchema, progressSchema } from '../../server/index.ts';
import type { ApiClient } from '../client/api-client.ts';
import { type CommandContext, contextOf, present, withApi } from '../command.ts';
import { refuseWhileInUse } from './home-in-use.ts';

const POLL_MS = 250;

/** There is no such backup. */
class BackupNotFound extends PlumblineError {
  constructor(file: string) {
    super({ code: 'backup.not-found', kind: 'caller', message: `There is no file ${file}. Check the path.` });
  }
}

/** `plumb reindex`, `backup`, `restore`. */
export function addUpkeepCommands(program: Command): void {
  addReindex(program);
  addBackup(program);
  addRestore(program);
}

function addReindex(program: Command): void {
  program
    .command('reindex')
    .description('Build a collection’s index anew from the store; vectors are kept')
    .argument('[collection]', 'name', 'documents')
    .addHelpText('after', '\nExample:\n  plumb reindex handbook\n')
    .action(async (collection: string, _: object, command: Command) => {
      const context = await contextOf(command);
      const progress = await withApi(context, ({ client }) => reindex(context, client, collection));
      present(context, progress, (terminal) => terminal.print(`${collection}: ${progress.chunks} chunks indexed.`));
    });
}

function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Write everything into one file: documents, originals, vectors, answers')
    .argument('<file>', 'a new file; nothing is ever overwritten')
    .addHelpText('after', '\nExample:\n  plumb backup plumbline-2026-01-31.tar.gz\n')
    .action(async (file: string, _: object, command: Command) => {
      const context = await contextOf(command);
      context.terminal.status('Writing the backup …');
      const result = await withApi(context, ({ client }) =>
        client.post<z.infer<typeof backupSchema>>('/v1/backup', { file: resolve(file) }),
      ).finally(() => context.terminal.status(null));
      const { documents, bytes } = result;
      present(context, result, (terminal) => {
        terminal.print(`${result.file}: ${documents} documents, ${megabytes(bytes)}.`);
        terminal.note(`Restore it into an empty home with: plumb restore ${file}`);
      });
    });
}

function addRestore(program: Command): void {
  program
    .command('restore')
    .description('Fill an empty home from a backup and build its indexes')
    .argument('<file>', 'what `plumb backup` wrote')
    .addHelpText('after', '\nExample:\n  PLUMB_HOME=./restored plumb restore plumbline-2026-01-31.tar.gz\n')
    .action(async (file: string, _: object, command: Command) => {
      const context = await contextOf(command);
      const { home } = context.config;
      const path = resolve(file);
      if ((await stat(path).catch(() => null)) === null) throw new BackupNotFound(path);
      await refuseWhileInUse(context.config);
      context.terminal.status('Reading the backup …');
      const { restoreHome } = await import('../../platform-stores.ts');
      const { rows, blobs, createdAt } = await restoreHome(context.config, path).finally(() =>
        context.terminal.status(null),
      );
      const chunks = await reindexAll(context);
      const result = { home, createdAt, documents: rows['documents'] ?? 0, blobs, chunks };
      present(context, result, (terminal) =>
        terminal.print(
          `${home}: ${result.documents} documents as they were on ${createdAt}, ${chunks} chunks indexed.`,
        ),
      );
    });
}

/** @returns how many chunks are indexed now, in all collections */
async function reindexAll(context: CommandContext): Promise<number> {
  return await withApi(context, async ({ client }) => {
    const { items } = await client.get<{ items: z.infer<typeof collectionSchema>[] }>('/v1/collections');
    let chunks = 0;
    for (const { name } of items) chunks += (await reindex(context, client, name)).chunks;
    return chunks;
  });
}

async function reindex(
  { terminal }: CommandContext,
  client: ApiClient,
  collection: string,
): Promise<z.infer<typeof progressSchema>> {
  const path = `/v1/collections/${encodeURIComponent(collection)}`;
  let now = await client.post<z.infer<typeof progressSchema>>(`${path}/reindex`, {});
  while (now.vectors < now.chunks) {
    terminal.status(`Indexing ${collection}: ${now.vectors} of ${now.chunks} chunks`);
    await new Promise((done) => setTimeout(done, POLL_MS));
    now = await client.get(`${path}/index`);
  }
  terminal.status(null);
  return now;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
