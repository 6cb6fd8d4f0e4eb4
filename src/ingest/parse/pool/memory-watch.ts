import { readFile } from 'node:fs/promises';

const INTERVAL_MS = 100;
const PAGE_BYTES = 4096;

/**
 * Watches the resident memory of a process (Linux; elsewhere only the process's own limits hold).
 * @returns stops watching
 */
export function watchMemory(pid: number, limitBytes: number, onExceeded: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  let reading = false;
  const timer = setInterval(() => {
    if (reading) return;
    reading = true;
    void residentBytes(pid).then((bytes) => {
      reading = false;
      if (bytes > limitBytes) onExceeded();
    });
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** Resident memory in bytes; 0 when the process is gone. */
async function residentBytes(pid: number): Promise<number> {
  try {
    const fields = (await readFile(`/proc/${pid}/statm`, 'latin1')).split(' ');
    return Number(fields[1] ?? 0) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
