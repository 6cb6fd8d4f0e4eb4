import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import type { collectionSchema, warmedSchema } from '../../server/index.ts';
import type { ApiClient } from '../client/api-client.ts';
import { contextOf, present, withApi } from '../command.ts';
import type { Terminal } from '../terminal/terminal.ts';

type Warmed = z.infer<typeof warmedSchema>;

/** What was done in one collection. */
interface WarmedCollection extends Pick<Warmed, 'logged' | 'warmed' | 'kept' | 'skipped'> {
  readonly collection: string;
}

interface WarmOptions {
  readonly collection?: string;
  readonly limit: number;
}

/** Searches per request, so that progress can be shown. */
const PER_REQUEST = 25;
const POLL_MS = 250;
/** A collection that is written all the time is given up after a minute: nothing that is found stays of use. */
const MOST_POLLS = 240;

/** `plumb warm` */
export function addWarmCommand(program: Command): void {
  program
    .command('warm')
    .description('Make the searches made most often again, so that the running server has their results at hand')
    .option('--collection <name>', 'only this one; default: all')
    .option('--limit <count>', 'searches per collection at most', searches, 500)
    .addHelpText(
      'after',
      '\nSearches are logged while PLUMB_QUERY_LOG=on; docs/caches.md says how.\n\nExample:\n  plumb warm --collection handbook\n',
    )
    .action(async (options: WarmOptions, command: Command) => {
      const context = await contextOf(command);
      const items = await withApi(context, async ({ client }) => {
        const done: WarmedCollection[] = [];
        for (const name of await namesOf(client, options)) {
          done.push(await warm(client, context.terminal, { collection: name, limit: options.limit }));
        }
        return done;
      }).finally(() => context.terminal.status(null));
      present(context, { items }, (terminal) => show(terminal, items));
    });
}

function searches(given: string): number {
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) {
    throw new InvalidArgumentError('Allowed: a whole number from 1 to 10000.');
  }
  return count;
}

async function namesOf(client: ApiClient, { collection }: WarmOptions): Promise<string[]> {
  if (collection !== undefined) return [collection];
  const { items } = await client.get<{ items: z.infer<typeof collectionSchema>[] }>('/v1/collections');
  return items.map(({ name }) => name);
}

async function warm(
  client: ApiClient,
  terminal: Terminal,
  { collection, limit }: { readonly collection: string; readonly limit: number },
): Promise<WarmedCollection> {
  const path = `/v1/collections/${encodeURIComponent(collection)}/warm`;
  const sum = { collection, logged: 0, warmed: 0, kept: 0, skipped: 0 };
  let polls = 0;
  for (let from: number | null = 0; from !== null && from < limit && polls < MOST_POLLS; ) {
    const count = Math.min(PER_REQUEST, limit - from);
    const { next, isCounting, logged, ...did }: Warmed = await client.post<Warmed>(path, { from, count });
    sum.logged = logged;
    sum.warmed += did.warmed;
    sum.kept += did.kept;
    sum.skipped += did.skipped;
    from = next;
    const of = Math.min(limit, logged);
    const doing = isCounting ? 'waiting for its index' : `${Math.min(of, next ?? of)} of ${of} searches`;
    terminal.status(`Warming ${collection}: ${doing}`);
    polls = isCounting ? polls + 1 : 0;
    if (isCounting) await wait(POLL_MS);
  }
  return sum;
}

function show(terminal: Terminal, items: readonly WarmedCollection[]): void {
  for (const { collection, logged, warmed, kept, skipped } of items) {
    terminal.print(
      `${collection}: ${warmed} of ${logged} logged searches made, ${kept} kept already, ${skipped} skipped.`,
    );
  }
  if (items.every(({ logged }) => logged === 0)) {
    terminal.note('No search is logged. Start the server with PLUMB_QUERY_LOG=on to log them; see docs/caches.md.');
  }
}
