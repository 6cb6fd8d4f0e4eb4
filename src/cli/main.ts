import { CommanderError } from 'commander';
import { fromUnknown } from '../base/index.ts';
import { buildProgram } from './build-program.ts';
import { EXIT } from './command.ts';

async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const program = buildProgram({ asJson });
  try {
    await program.parseAsync(process.argv);
  } catch (thrown) {
    process.exitCode = report(thrown, asJson);
  }
}

/** Says what went wrong: plain sentences, or a JSON object on standard error. @returns the exit code */
function report(thrown: unknown, asJson: boolean): number {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return EXIT.ok;
    if (asJson) writeProblem({ code: 'command.invalid', message: sentences(thrown.message), details: {} });
    return EXIT.usage;
  }
  const error = fromUnknown(thrown);
  if (asJson) {
    writeProblem(error);
  } else {
    process.stderr.write(`${error.message}\n`);
    if (error.code === 'internal.unexpected' && error.cause instanceof Error)
      process.stderr.write(`${error.cause.stack}\n`);
  }
  return error.code === 'config.invalid' ? EXIT.usage : EXIT.failed;
}

function writeProblem({ code, message, details }: { code: string; message: string; details: object }): void {
  process.stderr.write(`${JSON.stringify({ error: { code, message, details } })}\n`);
}

function sentences(message: string): string {
  return message.replace(/^error: /, '').replaceAll('\n', ' ');
}

/** Whoever read this has enough, as `head` does: the work goes on, its words are dropped. */
function readerLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

process.stdout.on('error', readerLeft);
process.stderr.on('error', readerLeft);
await main();
