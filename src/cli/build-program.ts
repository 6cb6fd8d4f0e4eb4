import { Command } from 'commander';
import { version } from '../server/index.ts';
import { addAskCommands } from './commands/ask.ts';
import { addAnswerCommands } from './commands/answers.ts';
import { addConflictCommands } from './commands/conflicts.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDocumentCommands } from './commands/documents.ts';
import { addIngestCommand } from './commands/ingest.ts';
import { addModelCommands } from './commands/models.ts';
import { addPrivacyCommands } from './commands/privacy.ts';
import { addQuarantineCommands } from './commands/quarantine.ts';
import { addServeCommand } from './commands/serve.ts';
import { addResetCommand } from './commands/reset.ts';
import { addUpkeepCommands } from './commands/upkeep.ts';
import { addUsageCommand } from './commands/usage.ts';
import { addWarmCommand } from './commands/warm.ts';

const ABOUT = `
Examples:
  plumb serve ./my-docs                        start the server and take in a folder
  plumb ask "How long is the notice period?"   ask; the answer is quoted and cited
  plumb COMMAND --help                         what a command takes, with examples

Exit codes: 0 done, 1 could not be done, 2 wrong command line or setting, 3 nothing found (ask, search).
Settings come from the environment and from .env in this folder; docs/configuration.md lists them.`;

/**
 * The whole command line. Building it loads no part of the platform: help must be instant.
 * @param options.asJson complaints about the command line itself are left to the caller, who prints them as JSON
 */
export function buildProgram(options: { readonly asJson: boolean }): Command {
  const program = new Command('plumb')
    .description('Documents in, cited answers out. Everything stays on this machine.')
    .usage('COMMAND [options]')
    .version(version)
    .option('--json', 'print the result as JSON and nothing else')
    .addHelpText('after', ABOUT)
    .configureHelp({ showGlobalOptions: true });
  addServeCommand(program);
  addIngestCommand(program);
  addAskCommands(program);
  addAnswerCommands(program);
  addConflictCommands(program);
  addDocumentCommands(program);
  addQuarantineCommands(program);
  addUpkeepCommands(program);
  addResetCommand(program);
  addModelCommands(program);
  addPrivacyCommands(program);
  addUsageCommand(program);
  addWarmCommand(program);
  addDoctorCommand(program);
  for (const command of withSubcommands(program)) speakPlainly(command, options.asJson);
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => withSubcommands(each))];
}

function speakPlainly(command: Command, asJson: boolean): void {
  command.exitOverride().showSuggestionAfterError();
  command.configureOutput({
    outputError: (text, write) => {
      if (!asJson) write(`${plain(text)}\n\`${pathOf(command)} --help\` shows what it takes.\n`);
    },
  });
}

/** `error: unknown option '--lmit'` → `Unknown option '--lmit'.` */
function plain(text: string): string {
  const [first = '', ...rest] = text
    .trim()
    .replace(/^error: /, '')
    .split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.?)]$/.test(first) ? '' : '.'}`;
  return [sentence, ...rest].join(' ');
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
