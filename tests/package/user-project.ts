import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Lock = Record<string, unknown> & { packages: Record<string, Record<string, unknown>> };
type Manifest = Record<string, unknown> & { name: string; version: string };

function read<T>(root: string, name: string): T {
  return JSON.parse(readFileSync(join(root, name), 'utf8')) as T;
}

/**
 * Makes `folder` the project of a user whose one dependency is the packed package, locked to the versions of our own lock
 * file without what only development needs. npm then takes everything from its cache, where our own install put it; without a
 * lock file it asks the registry for some four hundred packages, most of them optional peers that nobody installs.
 *
 * @param root the checkout: package.json and package-lock.json
 * @param folder an empty folder
 * @param tarball the packed package's file name in that folder
 */
export function writeUserProject(root: string, folder: string, tarball: string): void {
  const ours = read<Manifest>(root, 'package.json');
  const lock = read<Lock>(root, 'package-lock.json');
  const user = { name: 'user', version: '1.0.0', private: true, dependencies: { [ours.name]: `file:${tarball}` } };
  const needed = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry['dev'] !== true);
  const { dependencies, bin, engines } = ours;
  const packages = {
    '': user,
    [`node_modules/${ours.name}`]: { version: ours.version, resolved: `file:${tarball}`, dependencies, bin, engines },
    ...Object.fromEntries(needed),
  };
  write(folder, 'package.json', { ...user, type: 'module', overrides: ours['overrides'] });
  write(folder, 'package-lock.json', { ...lock, name: user.name, version: user.version, packages });
}

function write(folder: string, name: string, content: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}
