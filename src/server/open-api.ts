import type { Platform } from '../platform.ts';
import { createApp, openApiInfo } from './create-app.ts';

/** The description of the whole HTTP API, as `/openapi.json` serves it: made from the routes, without a platform. */
export function openApiDocument(): object {
  // Describing calls no route, so nothing of the platform is ever touched.
  const platform = {} as Platform;
  const app = createApp({
    services: {
      platform,
      contextOf: (requestId) => platform.localContext(requestId),
      stopping: new AbortController().signal,
    },
    health: { notReady: () => null },
    hosts: () => [],
    token: '',
  });
  return app.getOpenAPI31Document(openApiInfo);
}
