import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createHash } from 'node:crypto';
import { PlumblineError } from '../../base/index.ts';
import type { Blobs } from '../blobs.ts';
import type { Transaction } from '../database.ts';
import type { BackupOptions } from './backup.ts';
import { ArchiveDigest, BackupInvalid, currentSchema, type Manifest, manifestSchema } from './manifest.ts';
import { RestoreNotEmpty, TABLES_SQL } from './manifest.ts';
import { readTar, type TarEntry } from './tar.ts';

/**
 * Reads a backup into an empty database and blob store. Rows commit only when everything was read and agrees with the
 * manifest; otherwise nothing stays.
 * @throws RestoreNotEmpty, BackupInvalid
 */
export async function restore(options: BackupOptions): Promise<Manifest> {
  const reader = new BackupReader(options);
  try {
    return await options.database.withSystem('restore', async (tx) => {
      await refuseNonEmpty(tx);
      let manifest: Manifest | undefined;
      await pipeline(
        createReadStream(options.file),
        createGunzip(),
        async (stream: AsyncIterable<Uint8Array>) => {
          manifest = await reader.read(tx, stream);
        },
        ...(options.signal === undefined ? [] : [{ signal: options.signal }]),
      );
      if (manifest === undefined) throw new BackupInvalid('it has no manifest');
      await tx.query(QUEUE_ALL);
      await tx.query(
        `select setval(pg_get_serial_sequence('events', 'seq'), max(seq)) from events having max(seq) > 0`,
      );
      return manifest;
    });
  } catch (error) {
    await reader.removeBlobs();
    if (error instanceof PlumblineError || options.signal?.aborted === true) throw error;
    throw new BackupInvalid('the file cannot be read as an archive', error);
  }
}

/** Every chunk waits for the index, its words first. */
const QUEUE_ALL = `
  insert into index_queue (tenant_id, collection_id, waiting, version_id)
  select distinct tenant_id, collection_id, 0, version_id from chunks`;

async function refuseNonEmpty(tx: Transaction): Promise<void> {
  const rows = await tx.query('select 1 from organisations limit 1');
  if (rows.length > 0) throw new RestoreNotEmpty();
}

class BackupReader {
  readonly #options: BackupOptions;
  readonly #blobs: Blobs;
  readonly #digest = new ArchiveDigest();
  readonly #rows: Record<string, number> = {};
  readonly #stored: { tenantId: string; sha256: string }[] = [];
  #total = 0;

  constructor(options: BackupOptions) {
    this.#options = options;
    this.#blobs = options.blobs;
  }

  async read(tx: Transaction, stream: AsyncIterable<Uint8Array>): Promise<Manifest | undefined> {
    const tables = await tx.query<{ name: string }>(TABLES_SQL);
    for (const { name } of tables) this.#rows[name] = 0;
    let manifest: Manifest | undefined;
    for await (const entry of readTar(stream)) {
      if (manifest !== undefined) throw new BackupInvalid('something follows its manifest');
      if (entry.name === 'manifest.json') manifest = this.#verified(entry);
      else await this.#take(tx, entry);
    }
    return manifest;
  }

  async removeBlobs(): Promise<void> {
    for (const { tenantId, sha256 } of this.#stored) await this.#blobs.remove(tenantId, sha256);
  }

  async #take(tx: Transaction, entry: TarEntry): Promise<void> {
    this.#digest.add(entry.name, entry.bytes);
    const [kind, group = '', file = '', ...rest] = entry.name.split('/');
    if (rest.length === 0 && kind === 'rows' && group in this.#rows) await this.#insert(tx, group, entry.bytes);
    else if (rest.length === 0 && kind === 'blobs') await this.#store(group, file, entry.bytes);
    else throw new BackupInvalid('it holds a file that no backup has');
    this.#options.onProgress?.({ rows: this.#total, blobs: this.#stored.length });
  }

  async #insert(tx: Transaction, table: string, bytes: Uint8Array): Promise<void> {
    const lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
    this.#rows[table] = (this.#rows[table] ?? 0) + lines.length;
    this.#total += lines.length;
    // What the chunk index held is rebuilt, so every chunk begins outside it again.
    const row = table === 'chunks' ? `r || '{"index_state": 0}'` : 'r';
    await tx.query(
      `insert into "${table}" select (jsonb_populate_record(null::"${table}", ${row})).*
       from jsonb_array_elements($1::jsonb) as r`,
      [`[${lines.join(',')}]`],
    );
  }

  async #store(tenantId: string, sha256: string, bytes: Uint8Array): Promise<void> {
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new BackupInvalid('a blob is damaged');
    this.#stored.push({ tenantId, sha256 });
    await this.#blobs.put(tenantId, bytes, sha256);
  }

  #verified(entry: TarEntry): Manifest {
    const manifest = manifestSchema.parse(JSON.parse(Buffer.from(entry.bytes).toString('utf8')));
    if (manifest.schema !== currentSchema()) throw new BackupInvalid('it was made by another version of Plumbline');
    const counted = Object.entries(this.#rows).every(([table, rows]) => (manifest.rows[table] ?? 0) === rows);
    if (!counted || manifest.blobs !== this.#stored.length || manifest.sha256 !== this.#digest.end()) {
      throw new BackupInvalid('what it holds is not what its manifest says');
    }
    return manifest;
  }
}
