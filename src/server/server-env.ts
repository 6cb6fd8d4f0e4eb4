import type { Platform } from '../platform.ts';
import type { TenantContext } from '../base/index.ts';

/** What middleware leaves for routes. */
export interface ServerEnv {
  Variables: {
    requestId: string;
    /** The request carries the token of server.json. */
    withToken: boolean;
  };
}

/** What routes stand on. */
export interface RouteServices {
  readonly platform: Platform;
  /** On whose behalf a request acts; decided here, never by a header or body. */
  contextOf(requestId: string): TenantContext;
  /** Aborted when the server begins to stop: streams end, so that nothing waits for them. */
  readonly stopping: AbortSignal;
}
