import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '../base/index.ts';
import { DiskBlobs } from './disk-blobs.ts';
import { giveWay } from './give-way.ts';

/** Niceness by name of thread; man 5 proc, field 19 of stat. */
function niceness(): Map<string, number> {
  const stats = readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/stat`, 'utf8'));
  return new Map(
    stats.map((stat) => {
      const end = stat.lastIndexOf(')');
      return [stat.slice(stat.indexOf('(') + 1, end), Number(stat.slice(end + 2).split(' ')[16])];
    }),
  );
}

test.skipIf(process.platform !== 'linux')(
  'the thread that writes blobs gives way, the one that asks does not',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumb-way-'));
    const blobs = new DiskBlobs(folder);
    try {
      giveWay();
      const bytes = new Uint8Array([1]);
      await blobs.putAll(newId(), [
        { bytes, sha256: '4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a' },
      ]);
      const { MainThread = 0, ...others } = Object.fromEntries(niceness());
      expect(others['blobs']).toBe(10 + MainThread);
    } finally {
      await blobs.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
