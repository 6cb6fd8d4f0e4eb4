import type * as LanceDb from '@lancedb/lancedb';

let loading: Promise<typeof LanceDb> | undefined;

/** The library, loaded at first use: its log level is read from the environment while it loads. */
export function loadLanceDb(): Promise<typeof LanceDb> {
  process.env['LANCEDB_LOG'] ??= 'error';
  loading ??= import('@lancedb/lancedb');
  return loading;
}
