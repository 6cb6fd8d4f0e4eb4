import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { newId, PlumblineError, systemClock } from '../base/index.ts';

/** Who holds a home. */
export interface HomeHolder {
  readonly pid: number;
  /** Start of the process as the kernel tells it, so that another program with the same pid is known; null: unknown. */
  readonly started: string | null;
  /** Where it serves, when it serves. */
  readonly address: string | null;
  /** ISO instant of taking the lock. */
  readonly createdAt: string;
}

/** The home is in use by a live process; two on one embedded database would destroy it. */
class HomeLocked extends PlumblineError {
  constructor(home: string, holder: HomeHolder) {
    const where = holder.address === null ? '' : ` serving ${holder.address}`;
    super({
      code: 'home.locked',
      kind: 'caller',
      message:
        `${home} is in use by process ${holder.pid}${where}, since ${holder.createdAt}. ` +
        'Stop that process, or choose another folder with PLUMB_HOME.',
      details: { pid: holder.pid, address: holder.address },
    });
  }
}

/** The right to use a home, until it is released. */
export interface HomeLock {
  /** Tells others where this process serves. */
  setAddress(address: string): Promise<void>;
  release(): Promise<void>;
}

const ATTEMPTS = 300;
const TAKEOVER_MAX_MS = 2000;
const TAKEOVER_RETRY_MS = 10;

/**
 * Takes the home for this process (`plumb.lock`, mode 0600). A lock whose process is gone, or whose pid now belongs to
 * another program, is taken over.
 * @throws HomeLocked while another process, or this one, holds it
 */
export async function lockHome(home: string): Promise<HomeLock> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const file = join(home, 'plumb.lock');
  const createdAt = new Date(systemClock()).toISOString();
  const holder: HomeHolder = { pid: process.pid, started: await startOf(process.pid), address: null, createdAt };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await create(file, holder)) return held(file, holder);
    const present = await readHolder(file);
    if (present.holder !== null && (await isAlive(present.holder))) throw new HomeLocked(home, present.holder);
    await removeStale(file, present.text);
  }
  throw new HomeLocked(home, holder);
}

/** Who holds the home now; null when nobody alive does. */
export async function homeHolder(home: string): Promise<HomeHolder | null> {
  const { holder } = await readHolder(join(home, 'plumb.lock'));
  return holder !== null && (await isAlive(holder)) ? holder : null;
}

function held(file: string, holder: HomeHolder): HomeLock {
  let released = false;
  return {
    async setAddress(address) {
      if (released) return;
      const temporary = await writeBeside(file, { ...holder, address });
      await rename(temporary, file);
    },
    async release() {
      if (released) return;
      released = true;
      await rm(file, { force: true });
    },
  };
}

/** Makes the lock file with its content in one step. @returns false when there is one already */
async function create(file: string, holder: HomeHolder): Promise<boolean> {
  const temporary = await writeBeside(file, holder);
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeBeside(file: string, holder: HomeHolder): Promise<string> {
  const temporary = `${file}.${newId()}`;
  await writeFile(temporary, `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 });
  return temporary;
}

/**
 * Removes the stale lock. Only who holds `plumb.lock.takeover` removes, and only after reading again that the lock is
 * still the stale one, so that a lock just taken by another is never removed.
 */
async function removeStale(file: string, staleText: string): Promise<void> {
  const guard = `${file}.takeover`;
  try {
    await writeFile(guard, '', { flag: 'wx', mode: 0o600 });
  } catch {
    await waitForTakeover(guard);
    return;
  }
  try {
    if ((await readFile(file, 'utf8').catch(() => null)) === staleText) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/** Gives another process's takeover, which takes milliseconds, its time; one that died in the middle is cleared away. */
async function waitForTakeover(guard: string): Promise<void> {
  const found = await stat(guard).catch(() => null);
  if (found !== null && systemClock() - found.mtimeMs > TAKEOVER_MAX_MS) await rm(guard, { force: true });
  await setTimeout(TAKEOVER_RETRY_MS);
}

async function readHolder(file: string): Promise<{ text: string; holder: HomeHolder | null }> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    const holder = JSON.parse(text) as HomeHolder;
    return { text, holder: Number.isInteger(holder.pid) && holder.pid > 0 ? holder : null };
  } catch {
    return { text, holder: null };
  }
}

async function isAlive(holder: HomeHolder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const started = await startOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/** Boot and start time of a process on Linux (proc(5), field 22 of stat); null elsewhere. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return `${boot} ${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}
