import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `server.json` in the home: how commands of the same person find the running server and prove who they are. */
export interface ServerFile {
  readonly address: string;
  readonly instanceId: string;
  readonly token: string;
  readonly pid: number;
}

/** A new identity for a server that is about to listen. */
export function newServerFile(address: string): ServerFile {
  return { address, instanceId: randomUUID(), token: randomBytes(32).toString('base64url'), pid: process.pid };
}

/** Writes it readable by its owner only (mode 0600). */
export async function writeServerFile(home: string, file: ServerFile): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const path = join(home, 'server.json');
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** What the home says of a server, or null; the server may be gone. */
export async function readServerFile(home: string): Promise<ServerFile | null> {
  const text = await readFile(join(home, 'server.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const found: unknown = JSON.parse(text);
    return isServerFile(found) ? found : null;
  } catch {
    return null; // Half-written by a crash: the same as not there.
  }
}

// By hand: commands that only talk to a running server should not load a validation library for one file.
function isServerFile(found: unknown): found is ServerFile {
  if (typeof found !== 'object' || found === null) return false;
  const file = found as Partial<Record<keyof ServerFile, unknown>>;
  const texts = [file.address, file.instanceId, file.token];
  return texts.every((text) => typeof text === 'string') && URL.canParse(String(file.address));
}

/** Takes it away when the server ends, if it still is this server's. */
export async function removeServerFile(home: string, file: ServerFile): Promise<void> {
  const present = await readServerFile(home);
  if (present?.instanceId === file.instanceId) await rm(join(home, 'server.json'), { force: true });
}
