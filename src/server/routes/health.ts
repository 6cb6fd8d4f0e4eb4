import type { Hono } from 'hono';
import { newApp } from '../new-app.ts';
import type { ServerEnv } from '../server-env.ts';

/** What the probes say. */
export interface Health {
  /** Null: ready. Otherwise why not yet, or not any more. */
  notReady(): string | null;
}

/** `/healthz`: the process lives. `/readyz`: it can answer. */
export function healthRoutes(health: Health): Hono<ServerEnv> {
  const app = newApp();
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', (c) => {
    const reason = health.notReady();
    return reason === null ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', reason }, 503);
  });
  return app;
}
