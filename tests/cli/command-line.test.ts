import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as wholeOf } from 'node:stream/consumers';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/build-program.ts';
import { type Ended, plumb, runPlumb } from './run-plumb.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...words: string[]): Promise<Ended> => runPlumb(words, { cwd: folder });

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => everyCommand(each))];
}

describe('help', () => {
  const commands = everyCommand(buildProgram({ asJson: false }));

  it('has a description and an example for every command and subcommand', () => {
    expect(commands.length).toBeGreaterThan(18);
    for (const command of commands) {
      let text = '';
      command.configureOutput({
        writeOut: (part) => {
          text += part;
        },
      });
      command.outputHelp();
      expect(command.description(), command.name()).not.toBe('');
      expect(text, command.name()).toMatch(/Examples?:\n {2}(PLUMB_HOME=\S+ |PORT=\d+ )?(plumb|npm start)/);
      for (const option of command.options) expect(option.description, option.flags).not.toBe('');
    }
  });

  it('loads nothing of the platform', async () => {
    const { code, out, err } = await run('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Exit codes: 0 done, 1 could not be done');
    expect(out).not.toContain('\u001b');
  });
});

describe('a wrong command line ends with 2 and says what to do', () => {
  it.each([
    [['serv'], "Unknown command 'serv'. (Did you mean serve?)"],
    [['ask'], "Missing required argument 'question'."],
    [['search', 'x', '--limit', 'many'], "argument 'many' is invalid. Allowed: a whole number from 1 to 100."],
    [['search', 'x', '--limit', '0'], 'Allowed: a whole number from 1 to 100.'],
    [['documents', 'list', '-n', '1.5'], 'Allowed: a whole number from 1 to 200.'],
    [['search', 'x', '--fusion', 'magic'], 'Allowed choices are score, minmax, rank.'],
    [['ask', '--colection', 'x', 'y'], '(Did you mean --collection?)'],
  ])('%j', async (words, sentence) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect(err).toContain('--help` shows what it takes.');
  });

  it('as JSON too', async () => {
    const { code, out, err } = await run('search', '--json', 'x', '--limit', '0');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'command.invalid' } });
  });
});

it('ends quietly when nobody reads on', async () => {
  const child = spawn(process.execPath, [plumb, '--help'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const said = await wholeOf(child.stderr);
  expect({ code: child.exitCode ?? (await once(child, 'close'))[0], said }).toEqual({ code: 0, said: '' });
});

describe('a wrong setting stops the start', () => {
  it.each([
    ['PORT', 'http', 'a whole number from 0 to 65535'],
    ['PLUMB_SAMPLE', 'maybe', 'on or off'],
    ['PLUMB_EMBEDDER', 'best', 'default, openai, or folder:PATH'],
  ])('%s=%s', async (name, given, allowed) => {
    const { code, err } = await runPlumb(['serve'], { cwd: folder, env: { [name]: given } });
    expect(code).toBe(2);
    for (const part of [name, given, allowed]) expect(err).toContain(part);
  });

  it('also from .env, and never shows a secret', async () => {
    await writeFile(join(folder, '.env'), 'DATABASE_URL=mysql://me:hunter2@db/x\n');
    const { code, err } = await run('documents');
    await rm(join(folder, '.env'));
    expect(code).toBe(2);
    expect(err).toContain('DATABASE_URL');
    expect(err).not.toContain('hunter2');
  });
});

it('a server that is not there is named', async () => {
  const env = { PLUMB_URL: 'http://127.0.0.1:1', PLUMB_TOKEN: 'x'.repeat(20) };
  const { code, err } = await runPlumb(['documents'], { cwd: folder, env });
  expect(code).toBe(1);
  expect(err).toContain('No Plumbline server answers at http://127.0.0.1:1.');
});

it('reset leaves alone what is no home, or holds more than one', async () => {
  expect((await run('reset', '--yes')).err).toContain('does not exist');
  const env = { PLUMB_HOME: folder };
  await writeFile(join(folder, 'thesis.txt'), 'years of work');
  const refused = await runPlumb(['reset', '--yes'], { cwd: folder, env });
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('nothing was deleted');
});
