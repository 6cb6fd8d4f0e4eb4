import type { Command } from 'commander';
import type { z } from 'zod';
import type { usageSchema } from '../../server/index.ts';
import { contextOf, present, withApi } from '../command.ts';
import { printable, table, type Terminal } from '../terminal/terminal.ts';

type Usage = z.infer<typeof usageSchema>;
type Sums = Usage['total']['counted'];

interface UsageOptions {
  readonly by: string;
  readonly from?: string;
  readonly to?: string;
}

/** `plumb usage` */
export function addUsageCommand(program: Command): void {
  program
    .command('usage')
    .description('What model calls used: tokens and money; estimates are shown apart')
    .option('--by <what>', 'feature, model, provider, user, run, task, cache or day', 'feature')
    .option('--from <when>', 'calls since this day or instant; default: 30 days ago')
    .option('--to <when>', 'calls before this day or instant; default: now')
    .addHelpText('after', '\nExamples:\n  plumb usage\n  plumb usage --by model --from 2026-11-01\n')
    .action(async (options: UsageOptions, command: Command) => {
      const context = await contextOf(command);
      const usage = await withApi(context, ({ client }) => readAll((path) => client.get<Usage>(path), options));
      present(context, usage, showUsage);
    });
}

/** All pages as one. Later pages are of the same time as the first. */
async function readAll(get: (path: string) => Promise<Usage>, options: UsageOptions): Promise<Usage> {
  const asked = new URLSearchParams({ ...options, limit: '1000' }).toString();
  const first = await get(`/v1/usage?${asked}`);
  const items = [...first.items];
  for (let next = first.nextCursor; next !== null; ) {
    const { by, from, to } = first;
    const page = await get(
      `/v1/usage?${new URLSearchParams({ by, from, to, limit: '1000', cursor: next }).toString()}`,
    );
    items.push(...page.items);
    next = page.nextCursor;
  }
  return { ...first, items, nextCursor: null };
}

function showUsage(terminal: Terminal, { by, from, to, items, total }: Usage): void {
  if (items.length === 0) {
    terminal.print(`No model calls from ${from} to ${to}.`);
    return;
  }
  const rows = items
    .toSorted((a, b) => (by === 'day' ? a.key.localeCompare(b.key) : b.counted.costUsd - a.counted.costUsd))
    .map(({ key, counted, estimated }) => rowOf(printable(key) || '(none)', counted, estimated));
  const tokens = ['tokens in', 'read from cache', 'written to it', 'tokens out'];
  const heading = [by, 'calls', ...tokens, 'USD', 'estimated calls', 'estimated USD'];
  for (const line of table([heading, ...rows, rowOf('total', total.counted, total.estimated)])) terminal.print(line);
}

function rowOf(key: string, counted: Sums, estimated: Sums): string[] {
  const { calls, inputTokens, cachedInputTokens, cacheWriteInputTokens, outputTokens, costUsd } = counted;
  const figures = [calls, inputTokens, cachedInputTokens, cacheWriteInputTokens, outputTokens].map(String);
  return [key, ...figures, dollars(costUsd), String(estimated.calls), dollars(estimated.costUsd)];
}

/** Dollars without an exponent, to the nano-dollar. */
function dollars(usd: number): string {
  return usd.toFixed(9).replace(/\.?0+$/, '');
}
