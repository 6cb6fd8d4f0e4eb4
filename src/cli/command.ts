import type { Command } from 'commander';
import type { Config } from '../config/index.ts';
import { type Connection, connect } from './client/connect.ts';
import { processTerminal, type Terminal } from './terminal/terminal.ts';

/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** It could not be done; the message says why. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** It was done, and the result is "nothing": no answer, no passage. */
  nothing: 3,
} as const;

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly config: Config;
  /** Print JSON only. */
  readonly json: boolean;
}

/** The context of a command line. @throws ConfigInvalid */
export async function contextOf(command: Command): Promise<CommandContext> {
  const { loadConfig } = await import('../config/index.ts'); // Not needed for --help, which should be instant.
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  return { terminal: processTerminal(), config: loadConfig(process.env, process.cwd()), json: json === true };
}

/** Runs `work` with a way to the API and closes it afterwards. */
export async function withApi<T>(context: CommandContext, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connect(context.config);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Prints a result: as JSON when asked, else as `show` says. */
export function present<T>(context: CommandContext, result: T, show: (terminal: Terminal, result: T) => void): void {
  if (context.json) context.terminal.print(JSON.stringify(result, null, 2));
  else show(context.terminal, result);
}
