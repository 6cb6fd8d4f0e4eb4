// Completes package-lock.json: a registry that lags may not serve optional packages for other platforms, npm then leaves
// them out of the lock file, and `npm ci` refuses it ("Missing … from lock file"). Run by `npm run lock`.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;

const operatingSystems = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  openharmony: 'openharmony',
  sunos: 'sunos',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  aix: 'aix',
};
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];

/** Whether the lock file holds the dependency where Node would look for it: inside the dependent, then upwards. */
function isLocked(dependent, name) {
  for (let folder = dependent; ; ) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
}

/** A lock entry for a platform package, its platform read from its name (`@x/y-linux-arm64-musl`). */
function platformEntry(name, version, dependent) {
  const words = name.split(/[/-]/);
  const os = words.map((word) => operatingSystems[word]).find(Boolean);
  const cpu =
    processors.find((processor) => words.includes(processor)) ??
    (words.some((word) => word.startsWith('arm')) ? 'arm' : undefined);
  return {
    version,
    ...(dependent.dev && { dev: true }),
    optional: true,
    ...(os && { os: [os] }),
    ...(cpu && { cpu: [cpu] }),
    ...(words.some((word) => word.startsWith('musl')) && { libc: ['musl'] }),
  };
}

const added = [];
for (const [folder, dependent] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(dependent.optionalDependencies ?? {})) {
    if (isLocked(folder, name)) continue;
    if (/^\d+\.\d+\.\d+/.test(version)) {
      packages[`node_modules/${name}`] = platformEntry(name, version, dependent);
      added.push(`${name}@${version}`);
    } else {
      console.error(`${name} ${version} (wanted by ${folder}) is missing and not pinned to one version: left out.`);
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock file was complete.' : `Added to the lock file: ${added.join(', ')}.`);
