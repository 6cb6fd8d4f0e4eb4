// Before `npm start` and `npm test`: installs the dependencies when the lock file is not the one of the last completed
// install. Runs on plain Node 20 or newer and imports nothing that would have to be installed first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_MAJOR = 20;
const NEEDED_MAJOR = 24;

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.plumbline-installed');

/** Ends the process with a sentence for the person at the terminal. */
function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** `v24.1.0` → 24. */
function majorOf(version) {
  return Number(version.slice(1).split('.')[0]);
}

/** What the install depends on: the lock file, and the platform it chose optional packages for. */
function wantedState() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}

/** The npm that runs this script, or the one on PATH. */
function npm(parameters) {
  const cli = process.env.npm_execpath;
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) {
    return spawnSync(process.execPath, [cli, ...parameters], options);
  }
  return spawnSync('npm', parameters, { ...options, shell: process.platform === 'win32' });
}

/** The version of the Node inside node_modules, `v24.…`, or null when there is none that runs. */
function installedNode() {
  const folder = join(modules, '.bin');
  const result = spawnSync(join(folder, 'node'), ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return result.status === 0 ? result.stdout.trim() : null;
}

/** `npm start` runs the Node inside node_modules, or the one on PATH when there is none: one of them must be new enough. */
function requireNode24() {
  const found = installedNode() ?? process.version;
  if (majorOf(found) >= NEEDED_MAJOR) return;
  stop(
    `Plumbline runs on Node ${NEEDED_MAJOR}; this is ${found}. Node ${NEEDED_MAJOR} comes with the dependencies, but npm was told not to run the ` +
      'install script of the package "node" that puts it in place (ignore-scripts).\n' +
      `Run "npm rebuild node --ignore-scripts=false" in ${root} and try again, or install Node ${NEEDED_MAJOR} yourself.`,
  );
}

function install(wanted) {
  console.log('Installing the dependencies (once, about a minute) …');
  rmSync(stamp, { force: true });
  const startedAt = Date.now();
  const result = npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  if (result.status !== 0) {
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? `${result.error.message}\n` : ''}`,
    );
    stop('"npm ci --include=dev" failed; its output is above. Correct what it names and run the command again.');
  }
  writeFileSync(stamp, wanted);
  console.log(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

if (majorOf(process.version) < OLDEST_MAJOR) {
  stop(
    `Plumbline needs Node ${OLDEST_MAJOR} or newer to install itself; this is ${process.version}. See https://nodejs.org.`,
  );
}
const wanted = wantedState();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) install(wanted);
if (majorOf(process.version) < NEEDED_MAJOR) requireNode24();
