/**
 * The HTTP door: loopback only, guarded against other pages and origins. Thin: parse → call → serialise. Never decides
 * anything a solution would have to repeat. Start with `create-app.ts`; `start-server.ts` puts it on a socket.
 */
export { type AppOptions, createApp, openApiInfo } from './create-app.ts';
export { type Problem, problemOf, statusOf } from './problem.ts';
export { findFreePort } from './port-holder.ts';
export { readServerFile, type ServerFile } from './server-file.ts';
export type { RouteServices } from './server-env.ts';
export { type RunningServer, startServer } from './start-server.ts';
export { version } from './version.ts';
export type { backupSchema } from './routes/admin.ts';
export type {
  canonicalTextSchema,
  collectionSchema,
  comparisonSchema,
  documentSchema,
  progressSchema,
  quarantinedSchema,
  runSchema,
  storedSchema,
} from './contract/documents.ts';
