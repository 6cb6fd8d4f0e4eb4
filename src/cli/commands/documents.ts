import type { Command } from 'commander';
import type { z } from 'zod';
import type { canonicalTextSchema, collectionSchema, documentSchema } from '../../server/index.ts';
import { contextOf, present, withApi } from '../command.ts';
import { printable, table } from '../terminal/terminal.ts';

type DocumentOnWire = z.infer<typeof documentSchema>;

/** `plumb documents` and `plumb collections`. */
export function addDocumentCommands(program: Command): void {
  const documents = program.command('documents').description('List, read and delete documents');
  documents
    .command('list', { isDefault: true })
    .description('Documents, newest first')
    .option('-c, --collection <name>')
    .option('-n, --limit <number>', 'how many, 1 to 200', '50')
    .option('--cursor <id>', 'the page after this one')
    .addHelpText('after', '\nExample:\n  plumb documents list --collection handbook\n')
    .action(async (options: { collection?: string; limit: string; cursor?: string }, command: Command) => {
      const context = contextOf(command);
      const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== undefined));
      const page = await withApi(context, ({ client }) =>
        client.get<{ items: DocumentOnWire[]; nextCursor: string | null }>(`/v1/documents?${query}`),
      );
      present(context, page, (terminal) => {
        if (page.items.length === 0) terminal.print('No documents. Add some: plumb ingest ./my-docs');
        else for (const line of table([HEADINGS, ...page.items.map(row)])) terminal.print(line);
        if (page.nextCursor !== null) terminal.note(`More: --cursor ${page.nextCursor}`);
      });
    });
  documents
    .command('show')
    .description('Print a document’s canonical text')
    .argument('<id>')
    .option('--version <number>', 'an earlier version')
    .action(async (id: string, options: { version?: string }, command: Command) => {
      const context = contextOf(command);
      const query = options.version === undefined ? '' : `?version=${encodeURIComponent(options.version)}`;
      const text = await withApi(context, ({ client }) =>
        client.get<z.infer<typeof canonicalTextSchema>>(`/v1/documents/${encodeURIComponent(id)}/text${query}`),
      );
      present(context, text, (terminal) => terminal.print(printable(text.text)));
    });
  documents
    .command('delete')
    .description('Delete documents for good, with every version, chunk and answer that shows them')
    .argument('<id...>')
    .action(async (ids: string[], _: object, command: Command) => {
      const context = contextOf(command);
      await withApi(context, async ({ client }) => {
        for (const id of ids) await client.delete(`/v1/documents/${encodeURIComponent(id)}`);
      });
      present(context, { deleted: ids }, (terminal) => terminal.print(`${ids.length} deleted.`));
    });
  program
    .command('collections')
    .description('List collections')
    .action(async (_: object, command: Command) => {
      const context = contextOf(command);
      const { items } = await withApi(context, ({ client }) =>
        client.get<{ items: z.infer<typeof collectionSchema>[] }>('/v1/collections'),
      );
      present(context, items, (terminal) => {
        const rows = items.map((each) => [each.name, String(each.documents), String(each.chunks)]);
        for (const line of table([['COLLECTION', 'DOCUMENTS', 'CHUNKS'], ...rows])) terminal.print(line);
      });
    });
}

const HEADINGS = ['ID', 'COLLECTION', 'VERSION', 'CHUNKS', 'INDEXED', 'TITLE', 'NAME'];

function row(document: DocumentOnWire): string[] {
  const { id, collection, version, chunks, indexed } = document;
  const names = [printable(document.title).slice(0, 48), printable(document.externalId)];
  return [id, collection, String(version), String(chunks), indexed, ...names];
}
