import type { Command } from 'commander';
import type { z } from 'zod';
import type { canonicalTextSchema, collectionSchema, documentSchema } from '../../server/index.ts';
import { wholeNumber } from '../options.ts';
import { contextOf, present, withApi } from '../command.ts';
import { printable, table } from '../terminal/terminal.ts';
import { addFit } from './fit.ts';

type DocumentOnWire = z.infer<typeof documentSchema>;

/** `plumb documents` and `plumb collections`. */
export function addDocumentCommands(program: Command): void {
  const documents = program
    .command('documents')
    .description('List, read and delete documents')
    .addHelpText('after', '\nExamples:\n  plumb documents\n  plumb documents show ID\n  plumb documents delete ID\n');
  addList(documents);
  addShow(documents);
  addDelete(documents);
  addCollections(program);
}

function addList(documents: Command): void {
  documents
    .command('list', { isDefault: true })
    .description('Documents, newest first')
    .option('-c, --collection <name>', 'only those of one collection')
    .option('-n, --limit <number>', 'how many, 1 to 200', wholeNumber(1, 200), 50)
    .option('--cursor <id>', 'the page after this one')
    .addHelpText('after', '\nExample:\n  plumb documents list --collection handbook\n')
    .action(async (options: { collection?: string; limit: number; cursor?: string }, command: Command) => {
      const context = await contextOf(command);
      const query = new URLSearchParams(
        Object.entries(options).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const page = await withApi(context, ({ client }) =>
        client.get<{ items: DocumentOnWire[]; nextCursor: string | null }>(`/v1/documents?${query.toString()}`),
      );
      present(context, page, (terminal) => {
        if (page.items.length === 0) terminal.print('No documents. Add some: plumb ingest ./my-docs');
        else for (const line of table([HEADINGS, ...page.items.map(row)])) terminal.print(line);
        if (page.nextCursor !== null) terminal.note(`More: --cursor ${page.nextCursor}`);
      });
    });
}

function addShow(documents: Command): void {
  documents
    .command('show')
    .description('Print a document’s canonical text')
    .argument('<id>')
    .option('--version <number>', 'an earlier version', wholeNumber(1, 1_000_000))
    .addHelpText(
      'after',
      '\nExamples:\n  plumb documents show 01a1fd92-714c-734a-8417-5df4a4325a76\n  plumb documents show --version 1 01a1fd92-714c-734a-8417-5df4a4325a76\n',
    )
    .action(async (id: string, options: { version?: number }, command: Command) => {
      const context = await contextOf(command);
      const query = options.version === undefined ? '' : `?version=${options.version}`;
      const text = await withApi(context, ({ client }) =>
        client.get<z.infer<typeof canonicalTextSchema>>(`/v1/documents/${encodeURIComponent(id)}/text${query}`),
      );
      present(context, text, (terminal) => terminal.print(printable(text.text)));
    });
}

function addDelete(documents: Command): void {
  documents
    .command('delete')
    .description('Delete documents for good, with every version, chunk and answer that shows them')
    .addHelpText('after', '\nExample:\n  plumb documents delete 01a1fd92-714c-734a-8417-5df4a4325a76\n')
    .argument('<id...>')
    .action(async (ids: string[], _: object, command: Command) => {
      const context = await contextOf(command);
      await withApi(context, async ({ client }) => {
        for (const id of ids) await client.delete(`/v1/documents/${encodeURIComponent(id)}`);
      });
      present(context, { deleted: ids }, (terminal) => terminal.print(`Deleted: ${ids.length}.`));
    });
}

function addCollections(program: Command): void {
  const collections = program
    .command('collections')
    .description('List collections, declare their fields, fit their search')
    .addHelpText('after', '\nExamples:\n  plumb collections\n  plumb collections fields contracts amount=number\n');
  addCollectionList(collections);
  addFields(collections);
  addFit(collections);
}

function addFields(collections: Command): void {
  collections
    .command('fields')
    .description('Show or declare the fields of a collection’s metadata; filters may then name no other')
    .argument('<collection>')
    .argument('[field=type...]', 'all fields with their types: text, number or date')
    .option('--none', 'declare none: filters may name any field')
    .addHelpText(
      'after',
      '\nExamples:\n  plumb collections fields contracts\n  plumb collections fields contracts amount=number signedOn=date\n',
    )
    .action(async (...[name, given, options, command]: [string, string[], { none?: boolean }, Command]) => {
      const context = await contextOf(command);
      const path = `/v1/collections/${encodeURIComponent(name)}/fields`;
      const wanted = Object.fromEntries(given.map((each) => each.split(/=(.*)/s, 2)));
      const isChange = given.length > 0 || options.none === true;
      const fields = await withApi(context, ({ client }) =>
        isChange ? client.put<Record<string, string>>(path, wanted) : client.get<Record<string, string>>(path),
      );
      present(context, fields, (terminal) => {
        if (Object.keys(fields).length === 0) terminal.print('No fields are declared: filters may name any.');
        else for (const line of table([['FIELD', 'TYPE'], ...Object.entries(fields)])) terminal.print(line);
      });
    });
}

function addCollectionList(collections: Command): void {
  collections
    .command('list', { isDefault: true })
    .description('Collections with their sizes')
    .addHelpText('after', '\nExample:\n  plumb collections list\n')
    .action(async (_: object, command: Command) => {
      const context = await contextOf(command);
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
