import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeUserProject } from './user-project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.env['PLUMB_TEST_PACKAGE'] === '1';
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** The user's machine: our Node on PATH, none of this run's npm settings, nothing of the checkout. */
function userEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_(registry|cache))|PLUMB_|PORT$|VITEST|NODE_)/i.test(name),
  );
  const path = [join(root, 'node_modules', 'node', 'bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path, ...more };
}

function npm(folder: string, parameters: readonly string[]): string {
  const result = spawnSync('npm', parameters, {
    cwd: folder,
    env: userEnvironment(),
    encoding: 'utf8',
    timeout: 540_000,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) throw new Error(`npm ${parameters.join(' ')} failed:\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

describe.skipIf(!wanted)('the packed package in an empty folder (PLUMB_TEST_PACKAGE)', () => {
  let folder = '';
  let installed = '';
  const plumb = (...parameters: string[]) =>
    spawnSync(process.execPath, [join(installed, 'bin', 'plumb.js'), ...parameters], {
      cwd: folder,
      env: userEnvironment(),
      encoding: 'utf8',
      timeout: 60_000,
    });
  let server: ChildProcess | null = null;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-package-'));
    installed = join(folder, 'node_modules', '@plumbline', 'plumbline');
    npm(root, ['run', '--silent', 'build']);
    npm(root, ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
    writeUserProject(root, folder, `plumbline-plumbline-${manifest.version}.tgz`);
    npm(folder, ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']);
  });

  afterAll(() => {
    server?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('holds what runs and nothing else', () => {
    for (const path of ['dist/cli/main.js', 'dist/index.d.ts', 'dist/testing.js', 'LICENSE', 'migrations/meta']) {
      expect(existsSync(join(installed, path)), path).toBe(true);
    }
    const training = ['written', 'organisations', 'train.py'].map((name) => `models/answer-reader/${name}`);
    for (const path of ['src', 'tests', 'bench', 'models/all-MiniLM-L6-v2/parity.json', ...training]) {
      expect(existsSync(join(installed, path)), path).toBe(false);
    }
  });

  test('the command answers', () => {
    expect(npm(folder, ['exec', '--silent', '--', 'plumb', '--version'])).toContain(manifest.version);
    const help = plumb('--help');
    expect(help.stderr).toBe('');
    expect(help.stdout).toContain('serve');
    expect(help.status).toBe(0);
  });

  test('both entries load, and their types compile in a strict project', () => {
    const program =
      "import * as plumbline from '@plumbline/plumbline';\nimport * as testing from '@plumbline/plumbline/testing';\nexport const names: string[] = [...Object.keys(plumbline), ...Object.keys(testing)];\n";
    writeFileSync(join(folder, 'program.ts'), `${program}console.log(names.includes('createPlatform'));\n`);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = [
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--skipLibCheck',
      '--noEmit',
      '--types',
      'node',
    ];
    const typeRoots = ['--typeRoots', join(root, 'node_modules', '@types')];
    const compiled = spawnSync(process.execPath, [tsc, ...options, ...typeRoots, 'program.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(compiled.stdout).toBe('');
    writeFileSync(
      join(folder, 'program.mjs'),
      `import { createPlatform } from '@plumbline/plumbline';\nimport * as testing from '@plumbline/plumbline/testing';\nconsole.log(typeof createPlatform, Object.keys(testing).length > 0);\n`,
    );
    const ran = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8', env: userEnvironment() });
    expect(ran.stderr).toBe('');
    expect(ran.stdout.trim()).toBe('function true');
  });

  test('the server starts, is ready, and stops when told', async () => {
    const started = spawn(process.execPath, [join(installed, 'bin', 'plumb.js'), 'serve'], {
      cwd: folder,
      env: userEnvironment({ PORT: '0', PLUMB_HOME: join(folder, 'home') }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server = started;
    let address = '';
    for await (const line of createInterface({ input: started.stdout })) {
      address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(line)?.[0] ?? '';
      if (address !== '') break;
    }
    started.stdout.resume();
    expect(address).not.toBe('');
    await expect.poll(async () => (await fetch(`${address}/readyz`)).status, { timeout: 60_000 }).toBe(200);
    started.kill('SIGTERM');
    const [code] = (await once(started, 'exit')) as [number | null];
    expect(code).toBe(0);
  });
});
