import pino from 'pino';

/** Facts beside a message: ids, codes, numbers. Never document text, never secrets. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured log lines. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** JSON lines on standard error, from `level` up. */
export function createLog(level: 'info' | 'warn' | 'error'): Log {
  const lines = pino(
    { level, base: null, redact: ['token', 'key', 'authorization', '*.token', '*.key'] },
    pino.destination(2),
  );
  return {
    info: (message, fields = {}) => lines.info(fields, message),
    warn: (message, fields = {}) => lines.warn(fields, message),
    error: (message, fields = {}) => lines.error(fields, message),
  };
}

/** Says nothing; for tests. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
