import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, PlumblineError, siblingModule } from '../../base/index.ts';

const TIMEOUT_MS = 120_000;

/** The embedded database could not be made. */
class ClusterNotMade extends PlumblineError {
  constructor(directory: string, output: string) {
    super({
      code: 'database.not-made',
      kind: 'fatal',
      message: `The embedded database could not be made in ${directory}. Is there room, and may this user write there? ${output}`,
    });
  }
}

/** Makes the data directory when there is none, in a process of its own; it appears whole or not at all. */
export async function ensureCluster(directory: string): Promise<void> {
  if (existsSync(join(directory, 'PG_VERSION'))) return;
  const making = `${directory}.${newId()}`;
  const child = fork(siblingModule(import.meta.url, './create-cluster.child'), [making], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  let output = '';
  child.stderr?.on('data', (piece: Buffer) => {
    output = `${output}${piece.toString()}`.slice(-2000);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) await rename(making, directory);
  else {
    await rm(making, { recursive: true, force: true });
    throw new ClusterNotMade(directory, output);
  }
}
