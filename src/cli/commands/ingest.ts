import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ApiClient } from '../client/api-client.ts';
import { type CommandContext, contextOf, EXIT, present, withApi } from '../command.ts';
import { type RunOnWire, watchRun } from '../terminal/progress.ts';
import { printable, type Terminal } from '../terminal/terminal.ts';

interface IngestOptions {
  readonly collection?: string;
  readonly include?: string[];
  readonly exclude?: string[];
  readonly force?: boolean;
  readonly confirmDeletions?: boolean;
}

const EXAMPLES = `
Examples:
  plumb ingest ./handbook
  plumb ingest ./contracts --collection contracts --include "**/*.pdf"
  plumb ingest https://example.org/policy.html
`;

/** `plumb ingest` */
export function addIngestCommand(program: Command): void {
  program
    .command('ingest')
    .description('Take in a folder, a file or a web page; what did not change costs nothing')
    .argument('<path-or-url...>')
    .option('-c, --collection <name>', 'where to put it', 'documents')
    .option('--include <glob...>', 'only files that match')
    .option('--exclude <glob...>', 'leave out files that match')
    .option('--force', 'read files again even if they did not change')
    .option('--confirm-deletions', 'accept that many files have disappeared')
    .addHelpText('after', EXAMPLES)
    .action(async (places: string[], options: IngestOptions, command: Command) => {
      const context = await contextOf(command);
      const runs = await withApi(context, async ({ client }) => {
        const ended: RunOnWire[] = [];
        for (const place of places) ended.push(await ingestPlace(context, client, { place, options }));
        return ended;
      });
      present(context, runs, (terminal) => {
        for (const run of runs) showRun(terminal, run);
      });
      if (runs.some((run) => run.state !== 'completed')) process.exitCode = EXIT.failed;
    });
}

/** Takes in one place and waits until all of it can be found. */
export async function ingestPlace(
  context: Pick<CommandContext, 'terminal'>,
  client: ApiClient,
  wanted: { readonly place: string; readonly options: IngestOptions },
): Promise<RunOnWire> {
  const { place, options } = wanted;
  const where = /^https?:\/\//.test(place) ? { url: place } : { path: resolve(place) };
  const run = await client.post<RunOnWire>('/v1/ingest', { ...where, ...options });
  return await watchRun(client, context.terminal, run);
}

/** Prints what a pass did, and what it left out on account of the files themselves. */
export function showRun(terminal: Terminal, run: RunOnWire): void {
  const { counts } = run;
  const parts = [
    `${counts.added} added`,
    `${counts.changed} changed`,
    `${counts.unchanged} unchanged`,
    ...(counts.closed > 0 ? [`${counts.closed} no longer there`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} left out`] : []),
    ...(counts.quarantined > 0 ? [terminal.style('yellow', `${counts.quarantined} in quarantine`)] : []),
  ];
  terminal.print(`${printable(run.root)} → ${run.collection}: ${parts.join(', ')} (${counts.chunks} chunks)`);
  for (const { externalId, reason } of run.remarks) terminal.print(`  ${printable(externalId)}: ${printable(reason)}`);
  if (run.error !== null) terminal.print(terminal.style('red', `  ${run.error.message}`));
  if (counts.quarantined > 0)
    terminal.note('`plumb quarantine list` shows them; `plumb quarantine retry ID` tries again.');
}
