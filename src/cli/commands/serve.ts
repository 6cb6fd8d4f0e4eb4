import type { Command } from 'commander';
import type { Config } from '../../config/index.ts';
import { printable } from '../terminal/terminal.ts';
import { type RunningServer, startServer } from '../../server/index.ts';
import { ApiClient } from '../client/api-client.ts';
import { type CommandContext, contextOf } from '../command.ts';
import { showAnswer } from '../terminal/show-answer.ts';
import { ingestPlace, showRun } from './ingest.ts';

const EXAMPLES = `
Examples:
  npm start                        the sample workspace, at http://127.0.0.1:4400
  npm start -- ./my-docs           your own documents too
  PORT=8080 plumb serve ./contracts --collection contracts
`;

/** `plumb serve` */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Start the server; with folders, take them in first')
    .argument('[folder...]', 'folders, files or web addresses to take in')
    .option('-c, --collection <name>', 'where to put them', 'documents')
    .addHelpText('after', EXAMPLES)
    .action(async (folders: string[], options: { collection: string }, command: Command) => {
      const context = await contextOf(command);
      const server = await startServer(context.config);
      stopOnSignal(context, server);
      await prepare(context, server, { folders, collection: options.collection });
    });
}

async function prepare(
  context: CommandContext,
  server: RunningServer,
  wanted: { readonly folders: readonly string[]; readonly collection: string },
): Promise<void> {
  const { terminal, config } = context;
  const { offerSample } = await import('../../sample.ts');
  terminal.status('Preparing the sample workspace …');
  await offerSample(server.platform);
  const answer = config.sample ? await sampleAnswer(server) : null;
  server.ready();
  terminal.status(null);
  terminal.print();
  if (answer !== null) {
    terminal.print(`${terminal.style('dim', 'Question')}  ${printable(answer.question)}`);
    showAnswer(terminal, answer);
    terminal.print();
  }
  greet(context, server.address);
  await takeIn(context, server, wanted);
}

/** The sample's first question, answered; null when its documents were deleted. */
async function sampleAnswer(server: RunningServer) {
  const { firstQuestion, SAMPLE_COLLECTION } = await import('../../sample.ts');
  const { platform } = server;
  const context = platform.localContext();
  const found = (await platform.ingest.collections(context)).find((each) => each.name === SAMPLE_COLLECTION);
  if (found === undefined || found.documents === 0) return null;
  return await platform.ask(context, {
    collection: found,
    text: await firstQuestion(),
    asOf: null,
    filter: { op: 'all' },
    unread: true, // a start does not wait for one more model
    signal: AbortSignal.timeout(30_000),
  });
}

function greet({ terminal, config }: CommandContext, address: string): void {
  const lines = [
    ['Open', terminal.style('underline', address)],
    ['Add documents', `npm start -- ./my-docs   ${terminal.style('dim', 'or drop them on the page')}`],
    ['Data', whereDataLives(config)],
    ['Privacy', sentAnywhere(config)],
    ['Stop', 'Ctrl+C'],
  ] as const;
  for (const [label, text] of lines) terminal.print(`  ${terminal.style('bold', label.padEnd(14))}${text}`);
  terminal.print();
}

function whereDataLives(config: Config): string {
  return config.databaseUrl === null ? config.home : `${config.home} and the PostgreSQL server of DATABASE_URL`;
}

function sentAnywhere(config: Config): string {
  if (config.embedder.kind === 'openai')
    return `texts are sent to ${config.embedder.url} to be embedded; nothing else leaves`;
  return 'everything runs on this machine; nothing is sent anywhere';
}

async function takeIn(
  context: CommandContext,
  server: RunningServer,
  wanted: { readonly folders: readonly string[]; readonly collection: string },
): Promise<void> {
  const client = new ApiClient({ address: server.address, token: server.token, send: (request) => fetch(request) });
  for (const place of wanted.folders) {
    const run = await ingestPlace(context, client, { place, options: { collection: wanted.collection } });
    showRun(context.terminal, run);
  }
}

function stopOnSignal({ terminal }: CommandContext, server: RunningServer): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    terminal.status(null);
    terminal.note('Stopping: letting requests in hand finish. Press Ctrl+C again to stop at once.');
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        terminal.note(`Stopped, but not cleanly: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
