import { createRoute, type z } from '@hono/zod-openapi';
import { type UsageLine, type UsageSums, usdOf } from '../../models/index.ts';
import { problems } from '../contract/problem.ts';
import { usageQuerySchema, usageSchema } from '../contract/usage.ts';
import { newApp } from '../new-app.ts';
import { RequestInvalid } from '../request-refused.ts';
import type { RouteServices } from '../server-env.ts';
import { instant, millisecondsOf } from './wire.ts';

/** What is shown when no beginning is given. */
const DEFAULT_SPAN_MS = 30 * 86_400_000;

const usageRoute = createRoute({
  method: 'get',
  path: '/usage',
  summary: 'What model calls used: tokens, money, time; grouped, estimates apart',
  request: { query: usageQuerySchema },
  responses: {
    200: { description: 'One page of groups', content: { 'application/json': { schema: usageSchema } } },
    ...problems,
  },
});

/** What model calls used. */
export function usageRoutes(services: RouteServices) {
  const { platform } = services;
  return newApp().openapi(usageRoute, async (c) => {
    const { by, from, to, limit, cursor } = c.req.valid('query');
    const toMs = millisecondsOf(to) ?? Date.now();
    const fromMs = millisecondsOf(from) ?? toMs - DEFAULT_SPAN_MS;
    if (fromMs > toMs)
      throw new RequestInvalid([{ where: 'from', problem: 'is later than `to`; give an earlier one' }]);
    const context = services.contextOf(c.get('requestId'));
    const page = await platform.usage(context, { by, fromMs, toMs, limit, after: cursor ?? null });
    const total = splitOnWire(page.total);
    const items = page.lines.map((line) => ({ ...line, ...splitOnWire(line) }));
    return c.json({ by, from: instant(fromMs), to: instant(toMs), items, total, nextCursor: page.next }, 200);
  });
}

type SumsOnWire = z.infer<typeof usageSchema>['total']['counted'];

function splitOnWire({ counted, estimated }: Pick<UsageLine, 'counted' | 'estimated'>) {
  return { counted: sumsOnWire(counted), estimated: sumsOnWire(estimated) };
}

function sumsOnWire({ costNanoUsd, ...sums }: UsageSums): SumsOnWire {
  return { ...sums, costUsd: usdOf(costNanoUsd) };
}
