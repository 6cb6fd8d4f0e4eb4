// add lock entries for optional platform packages the registry could not serve (npm ci refuses a lock without them)
import fs from 'node:fs';
const f = 'package-lock.json',
  l = JSON.parse(fs.readFileSync(f, 'utf8')),
  P = l.packages;
let n = 0;
const OS = {
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
  wasm32: 'wasm',
};
const CPU = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];
for (const [k, v] of Object.entries(P))
  for (const [d, ver] of Object.entries(v.optionalDependencies ?? {})) {
    let base = k,
      found = false; // node resolution: k/node_modules/d, then up
    for (;;) {
      if (P[(base ? base + '/' : '') + 'node_modules/' + d]) {
        found = true;
        break;
      }
      if (!base) break;
      const i = base.lastIndexOf('/node_modules/');
      base = i < 0 ? '' : base.slice(0, i);
    }
    if (found || !/^\d+\.\d+\.\d+/.test(ver)) {
      if (!found) console.error('skip', k, d, ver);
      continue;
    }
    const t = d.split(/[\/-]/);
    const os = t.map((x) => OS[x]).find(Boolean);
    const cpu = CPU.find((c) => t.includes(c)) ?? (t.some((x) => /^arm/.test(x)) ? 'arm' : undefined);
    P['node_modules/' + d] = {
      version: ver,
      ...(v.dev && { dev: true }),
      optional: true,
      ...(os && os !== 'wasm' && { os: [os] }),
      ...(cpu && { cpu: [cpu] }),
      ...(/musl/.test(d) && { libc: ['musl'] }),
    };
    n++;
  }
l.packages = Object.fromEntries(Object.entries(P).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
fs.writeFileSync(f, JSON.stringify(l, null, 2) + '\n');
console.log('added', n);
