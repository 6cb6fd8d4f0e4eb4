import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { systemClock } from '../../base/index.ts';
import type { Blobs } from '../blobs.ts';
import type { Database, Transaction } from '../database.ts';
import { ArchiveDigest, type BackupProgress, currentSchema, type Manifest, TABLES_SQL } from './manifest.ts';
import { TAR_END, tarFile } from './tar.ts';

const PAGE_ROWS = 500;

/** What goes where. */
export interface BackupOptions {
  readonly database: Database;
  readonly blobs: Blobs;
  /** The archive, `….tar.gz`. */
  readonly file: string;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes every row and blob into one gzip tar that restores into either kind of database. Rows are of one moment:
 * writers wait until it is done. Jobs and the chunk index are left out; the index is rebuilt after a restore.
 */
export async function backup(options: BackupOptions): Promise<Manifest> {
  const unfinished = `${options.file}.unfinished`;
  const writer = new BackupWriter(options);
  try {
    await options.database.withSystem('backup', (tx) =>
      pipeline(
        Readable.from(writer.archive(tx), { objectMode: false }),
        createGzip({ level: 6 }),
        createWriteStream(unfinished, { mode: 0o600, flush: true }),
        ...(options.signal === undefined ? [] : [{ signal: options.signal }]),
      ),
    );
    await rename(unfinished, options.file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return writer.manifest();
}

class BackupWriter {
  readonly #options: BackupOptions;
  readonly #digest = new ArchiveDigest();
  readonly #rows: Record<string, number> = {};
  readonly #createdAt = new Date(systemClock()).toISOString();
  #total = 0;
  #blobs = 0;
  #sha256 = '';

  constructor(options: BackupOptions) {
    this.#options = options;
  }

  manifest(): Manifest {
    return {
      format: 1,
      createdAt: this.#createdAt,
      schema: currentSchema(),
      rows: this.#rows,
      blobs: this.#blobs,
      sha256: this.#sha256,
    };
  }

  async *archive(tx: Transaction): AsyncGenerator<Uint8Array> {
    const tables = await tx.query<{ name: string }>(TABLES_SQL);
    await tx.query(`lock table ${tables.map(({ name }) => `"${name}"`).join(', ')} in share mode`);
    for (const { name } of tables) yield* this.#table(tx, name);
    for (const { tenantId } of await tx.query<{ tenantId: string }>(TENANTS)) yield* this.#tenantBlobs(tenantId);
    this.#sha256 = this.#digest.end();
    yield* tarFile({ name: 'manifest.json', bytes: Buffer.from(JSON.stringify(this.manifest(), null, 2)) });
    yield TAR_END;
  }

  async *#table(tx: Transaction, table: string): AsyncGenerator<Uint8Array> {
    this.#rows[table] = 0;
    await tx.query(`declare backup_rows no scroll cursor for select to_jsonb(t)::text as row from "${table}" t`);
    for (let page = 1; ; page++) {
      const rows = await tx.query<{ row: string }>(`fetch ${PAGE_ROWS} from backup_rows`);
      if (rows.length === 0) break;
      const bytes = Buffer.from(rows.map(({ row }) => `${row}\n`).join(''));
      this.#rows[table] = (this.#rows[table] ?? 0) + rows.length;
      this.#total += rows.length;
      yield* this.#file(`rows/${table}/${String(page).padStart(8, '0')}.jsonl`, bytes);
    }
    await tx.query('close backup_rows');
  }

  async *#tenantBlobs(tenantId: string): AsyncGenerator<Uint8Array> {
    for await (const { sha256 } of this.#options.blobs.list(tenantId)) {
      this.#blobs++;
      yield* this.#file(`blobs/${tenantId}/${sha256}`, await this.#options.blobs.get(tenantId, sha256));
    }
  }

  *#file(name: string, bytes: Uint8Array): Generator<Uint8Array> {
    this.#digest.add(name, bytes);
    yield* tarFile({ name, bytes });
    this.#options.onProgress?.({ rows: this.#total, blobs: this.#blobs });
  }
}

const TENANTS = 'select tenant_id as "tenantId" from organisations order by 1';
