import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { progress } from './report/report.ts';

/** Installs the peers when they are missing or their lock file has changed since they were installed. */
export async function installPeers(): Promise<void> {
  const folder = import.meta.dirname;
  const stamp = join(folder, 'node_modules', '.installed-lock');
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  progress('installing the peers to compare with (npm ci in bench/), once');
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    timeout: 10 * 60_000,
  });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0)
    throw new Error(`npm ci in ${folder} failed (${code}); see above. The peers are needed for this benchmark.`);
  writeFileSync(stamp, hash);
}
