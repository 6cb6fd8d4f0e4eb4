/**
 * Emitting only: structured log lines. Never decides anything and never reads back what it wrote. Start with `log.ts`.
 */
export { createLog, type Log, type LogFields, silentLog } from './log.ts';
