import type { PGliteOptions } from '@electric-sql/pglite';

/** PGlite's own start parameters followed by ours: a small cache, little WAL kept, none recycled. */
export const PGLITE_START: PGliteOptions = {
  relaxedDurability: true,
  startParams: [
    '--single',
    '-F',
    '-O',
    '-j',
    ...settings({
      search_path: 'public',
      exit_on_error: 'false',
      log_checkpoints: 'false',
      max_worker_processes: '0',
      max_parallel_workers: '0',
      max_parallel_workers_per_gather: '0',
      max_parallel_maintenance_workers: '0',
      io_method: 'sync',
      // The operating system caches the files; a larger cache here is only more memory (measured: 128 MB costs 220 MB).
      shared_buffers: '16MB',
      max_connections: '5',
      // Its pages come from memory, mostly: one read through an index costs no more than the next in a row.
      random_page_cost: '1.1',
      wal_buffers: '1MB',
      wal_recycle: 'off',
      wal_init_zero: 'off',
      min_wal_size: '32MB',
      max_wal_size: '64MB',
      timezone: 'UTC',
    }),
  ],
};

function settings(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
