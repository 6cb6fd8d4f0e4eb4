/**
 * The HTTP door: loopback only, guarded against other pages and origins. Thin: parse → call → serialise. Never decides
 * anything a solution would have to repeat. Start with `create-app.ts`; `start-server.ts` puts it on a socket.
 * Loading this door is cheap: the framework and the platform are loaded when something is opened.
 */
export { type InProcessApi, openInProcess } from './in-process.ts';
export type { Problem } from './problem.ts';
export { readServerFile } from './server-file.ts';
export { type RunningServer, startServer } from './start-server.ts';
export { version } from './version.ts';
export type { backupSchema } from './routes/admin.ts';
export type { cachesSchema, warmedSchema } from './routes/caches.ts';
export type { fittedSchema } from './routes/collections.ts';
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
export type { declaredCollectionSchema, privacySchema } from './routes/privacy.ts';
export type { usageSchema } from './contract/usage.ts';
