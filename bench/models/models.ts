import { parseArgs } from 'node:util';
import type { Metrics } from '../report/report.ts';
import { progress } from '../report/report.ts';
import { type FaultRun, runFaults, TOLERANCE_MS } from './fault-run.ts';

/** `models --faults`: 10,000 mixed calls under faults in 30 % of the replies. */
export async function measureModels(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      faults: { type: 'boolean', default: false },
      calls: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
    },
  });
  progress(`${values.calls} calls under faults, seed ${values.seed}`);
  return faultFigures(await runFaults({ calls: Number(values.calls), seed: Number(values.seed) }));
}

function faultFigures(run: FaultRun): Metrics {
  const share = (ended: string): number => run.endings.filter((one) => one.ended === ended).length / run.endings.length;
  const over = run.endings.map(({ overMs }) => overMs);
  for (const mismatch of run.mismatches.slice(0, 20)) progress(mismatch);
  return {
    calls: run.endings.length,
    requests: run.requests,
    faultShare: run.faultShare,
    answered: share('answer'),
    fallback: share('fallback'),
    floor: share('floor'),
    typedError: share('typed-error'),
    left: share('left'),
    untyped: share('other'),
    late: over.filter((overMs) => overMs > TOLERANCE_MS + run.loopDelayMs).length,
    latestMs: over.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    loopDelayMaxMs: run.loopDelayMs,
    repliesCounted: run.counted,
    mismatches: run.mismatches.length,
    estimatedRows: run.estimatedRows,
    lostRows: run.lostRows,
    reservationsLeft: run.reservationsLeft,
    socketsLeft: run.socketsLeft,
    resourcesLeft: Object.values(run.resourcesLeft).reduce((a, b) => a + b, 0),
  };
}
