import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DiskBlobs } from '../disk-blobs.ts';
import { describeDatabases, openTestDatabase, type TestDatabase } from '../testing.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

const blobsOf = (test: TestDatabase) => new DiskBlobs(join(test.home, 'blobs'));
const empty = (test: TestDatabase) =>
  test.database.withSystem('test', (tx) => tx.query('truncate organisations, installation, events'));

describeDatabases('backup', (open) => {
  let source: TestDatabase;
  let file: string;
  let sha256: string;
  beforeAll(async () => {
    source = await open();
    file = join(source.home, 'backup.tar.gz');
    sha256 = await blobsOf(source).put(source.context.tenantId, new TextEncoder().encode('an original'));
    await source.database.withTenant(source.context, (tx) =>
      tx.query(
        `insert into events (tenant_id, type, subject_id, data, created_at)
         select $1, 'a.b', gen_random_uuid(), jsonb_build_object('n', n), now() from generate_series(1, 1200) as n`,
        [source.context.tenantId],
      ),
    );
    await backup({ database: source.database, blobs: blobsOf(source), file });
  });
  afterAll(() => source.drop());

  it.each(['pglite', 'same'] as const)('comes back the same in an empty database (%s)', async (kind) => {
    const target = await (kind === 'same' ? open() : openTestDatabase('pglite'));
    await empty(target);
    const progress: number[] = [];
    const blobs = blobsOf(target);
    const manifest = await restore({
      database: target.database,
      blobs,
      file,
      onProgress: ({ rows }) => progress.push(rows),
    });
    expect(manifest).toMatchObject({ format: 1, blobs: 1, rows: { events: 1200, organisations: 1 } });
    expect(progress.at(-1)).toBeGreaterThan(1200);
    const all = (test: TestDatabase) =>
      test.database.withTenant(source.context, (tx) => tx.query('select * from events order by seq'));
    expect(await all(target)).toEqual(await all(source));
    expect(new TextDecoder().decode(await blobs.get(source.context.tenantId, sha256))).toBe('an original');
    const next = await target.database.withTenant(source.context, (tx) =>
      tx.query<{ seq: number }>(
        `insert into events (tenant_id, type, subject_id, created_at) values ($1, 'a.b', $1, now()) returning seq`,
        [source.context.tenantId],
      ),
    );
    expect(next[0]?.seq).toBeGreaterThan(1200);
    await target.drop();
  });

  it('refuses a target that holds something', async () => {
    const restoring = restore({ database: source.database, blobs: blobsOf(source), file });
    await expect(restoring).rejects.toMatchObject({ code: 'restore.not-empty' });
    expect(await blobsOf(source).has(source.context.tenantId, sha256)).toBe(true);
  });

  it('refuses what is cut, changed, or no archive, and keeps nothing of it', async () => {
    const target = await open();
    await empty(target);
    const whole = await readFile(file);
    const plain = gunzipSync(whole);
    const changed = Buffer.from(plain);
    const at = changed.indexOf('an original');
    changed.write('an ORIGINAL', at);
    const renumbered = Buffer.from(plain);
    renumbered.write('"n": 8', renumbered.indexOf('"n": 7'));
    const bad = [
      whole.subarray(0, whole.length / 2),
      gzipSync(changed),
      gzipSync(renumbered),
      Buffer.from('no archive'),
    ];
    for (const bytes of bad) {
      const damaged = join(target.home, 'damaged.tar.gz');
      await writeFile(damaged, bytes);
      const restoring = restore({ database: target.database, blobs: blobsOf(target), file: damaged });
      await expect(restoring).rejects.toMatchObject({ code: 'backup.invalid' });
      expect(await target.database.withSystem('test', (tx) => tx.query('select * from organisations'))).toEqual([]);
      expect(await blobsOf(target).has(source.context.tenantId, sha256)).toBe(false);
    }
    await target.drop();
  });
});
