import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';

/** How many ports after the wanted one are tried. */
const TRIED = 20;

/**
 * Who listens on a TCP port of this machine, as `NAME (process PID)`; null when it cannot be told (another system than
 * Linux, another user's process).
 */
export async function portHolder(port: number): Promise<string | null> {
  try {
    const inode = await listeningInode(port);
    return inode === null ? null : await processWithSocket(inode);
  } catch {
    return null; // It is only a courtesy: not knowing must not hide that the port is busy.
  }
}

/** The inode of the listening socket: column 10 of /proc/net/tcp; state 0A is LISTEN (proc(5)). */
async function listeningInode(port: number): Promise<string | null> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8')).split('\n').slice(1);
    for (const line of lines) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(suffix) === true && columns[3] === '0A') return columns[9] ?? null;
    }
  }
  return null;
}

async function processWithSocket(inode: string): Promise<string | null> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of processes) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (target === `socket:[${inode}]`) return `${await commandOf(pid)} (process ${pid})`;
    }
  }
  return null;
}

async function commandOf(pid: string): Promise<string> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').filter((word) => word !== '');
  return words.slice(0, 3).join(' ').slice(0, 120);
}

/** The first free port from `from` on, or null when none of the next few is. */
export async function findFreePort(from: number): Promise<number | null> {
  for (let port = from; port < Math.min(from + TRIED, 65_536); port++) if (await isFree(port)) return port;
  return null;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
