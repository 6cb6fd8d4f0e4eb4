import { createHash, type Hash } from 'node:crypto';
import { z } from 'zod';
import { PlumblineError } from '../../base/index.ts';
import { readMigrations } from '../migrations.ts';

/** What the last file of a backup says of the others. */
export const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  /** Hash of the last migration; rows fit only this schema. */
  schema: z.string(),
  /** Rows by table. */
  rows: z.record(z.string(), z.number().int().min(0)),
  blobs: z.number().int().min(0),
  /** SHA-256 over the name and the content's SHA-256 of every file before, in order. */
  sha256: z.string(),
});

/** {@link manifestSchema} */
export type Manifest = z.infer<typeof manifestSchema>;

/** The file is no backup of ours, is damaged, or was made by another version. Nothing of it was kept. */
export class BackupInvalid extends PlumblineError {
  constructor(problem: string, cause?: unknown) {
    super({
      code: 'backup.invalid',
      kind: 'caller',
      message: `The backup cannot be restored: ${problem}. Nothing was changed; choose another file.`,
      cause,
    });
  }
}

/** There is something already where the backup should go. */
export class RestoreNotEmpty extends PlumblineError {
  constructor() {
    super({
      code: 'restore.not-empty',
      kind: 'caller',
      message:
        'A backup is restored only into an empty home and database; this one holds data. Choose an empty PLUMB_HOME.',
    });
  }
}

/** Hash of the newest migration of this version. */
export function currentSchema(): string {
  return readMigrations().at(-1)?.hash ?? '';
}

/** Running digest of the files of an archive. */
export class ArchiveDigest {
  readonly #hash: Hash = createHash('sha256');

  add(name: string, bytes: Uint8Array): void {
    this.#hash.update(`${name}\0${createHash('sha256').update(bytes).digest('hex')}\n`);
  }

  end(): string {
    return this.#hash.digest('hex');
  }
}

/** Tables of the `public` schema in a backup: not those that follow from others. */
export const TABLES_SQL = `
  select table_name as name from information_schema.tables
  where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('schema_migrations', 'index_queue') order by 1`;

/** How far a backup or restore is. */
export interface BackupProgress {
  readonly rows: number;
  readonly blobs: number;
}
