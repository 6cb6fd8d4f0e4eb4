import { Command, CommanderError } from 'commander';
import { fromUnknown } from '../base/index.ts';
import { version } from '../server/index.ts';
import { EXIT } from './command.ts';
import { addAskCommands } from './commands/ask.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDocumentCommands } from './commands/documents.ts';
import { addIngestCommand } from './commands/ingest.ts';
import { addModelCommands } from './commands/models.ts';
import { addQuarantineCommands } from './commands/quarantine.ts';
import { addServeCommand } from './commands/serve.ts';
import { addUpkeepCommands } from './commands/upkeep.ts';

const ABOUT = `
Exit codes: 0 done, 1 could not be done, 2 wrong command line, 3 nothing found (ask, search).
Settings come from the environment and .env; docs/configuration.md lists them.`;

/** The whole command line. */
export function buildProgram(): Command {
  const program = new Command('plumb')
    .description('Documents in, cited answers out.')
    .version(version)
    .option('--json', 'print the result as JSON and nothing else')
    .addHelpText('after', ABOUT)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  addServeCommand(program);
  addIngestCommand(program);
  addAskCommands(program);
  addDocumentCommands(program);
  addQuarantineCommands(program);
  addUpkeepCommands(program);
  addModelCommands(program);
  addDoctorCommand(program);
  for (const command of [program, ...program.commands]) command.exitOverride().showSuggestionAfterError();
  return program;
}

async function main(): Promise<void> {
  const program = buildProgram();
  try {
    await program.parseAsync(process.argv);
  } catch (thrown) {
    process.exitCode = report(thrown, process.argv.includes('--json'));
  }
}

/** Says what went wrong: one sentence, or a JSON object on standard error. @returns the exit code */
function report(thrown: unknown, json: boolean): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const error = fromUnknown(thrown);
  if (json) {
    process.stderr.write(
      `${JSON.stringify({ error: { code: error.code, message: error.message, details: error.details } })}\n`,
    );
  } else {
    process.stderr.write(`${error.message}\n`);
    if (error.code === 'internal.unexpected' && error.cause instanceof Error)
      process.stderr.write(`${error.cause.stack}\n`);
  }
  return error.code === 'config.invalid' ? EXIT.usage : EXIT.failed;
}

await main();
