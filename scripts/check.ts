/** `npm run check`: types, lint, format, dead code and generated pages, at the same time, one line each. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { styleText } from 'node:util';

/** One check: its name in the output and the command line that makes it. */
interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What to do when it fails, if there is more to say than its output does. */
  readonly advice?: string;
}

const always: readonly Check[] = [
  { name: 'types', command: ['tsc', '--project', 'tsconfig.json'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings', '--report-unused-disable-directives'] },
  { name: 'format', command: ['biome', 'format', '.'], advice: 'Run "npm run format".' },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'generated pages', command: ['node', 'scripts/generate-docs.ts', '--check'] },
];

/** Runs one check, prints its line and, when it failed, everything it said. Resolves to whether it passed. */
async function run(check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const [program, ...parameters] = check.command;
  const child = spawn(program, parameters, { shell: process.platform === 'win32' });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}. Run the checks with "npm run check".\n`;
      resolve(1);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
  const duration = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  if (code === 0) {
    console.log(`${styleText('green', 'passed')}  ${check.name} (${duration})`);
    return true;
  }
  const advice = check.advice === undefined ? '' : ` ${check.advice}`;
  console.log(`${styleText('red', 'FAILED')}  ${check.name} (${duration}): ${check.command.join(' ')}.${advice}`);
  console.log(output.trimEnd());
  return false;
}

/** The benchmarks' types need the peers, which only `npm run bench` installs. */
const benchTypes: Check = { name: 'types of the benchmarks', command: ['tsc', '--project', 'bench'] };
const checks = existsSync('bench/node_modules') ? [...always, benchTypes] : always;

const results = await Promise.all(checks.map(run));
process.exitCode = results.every(Boolean) ? 0 : 1;
