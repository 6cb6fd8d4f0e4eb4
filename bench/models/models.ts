import { parseArgs } from 'node:util';
import { type Metrics, progress } from '../report/report.ts';
import { type FaultRun, runFaults } from './fault-run.ts';
import { measureOverhead } from './overhead.ts';

/**
 * `models`: what the door adds to a call, beside Portkey's gateway.
 * `models --faults`: 10,000 mixed calls under faults in 30 % of the replies.
 */
export async function measureModels(args: readonly string[]): Promise<Metrics> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      faults: { type: 'boolean', default: false },
      calls: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      rate: { type: 'string', default: '500' },
      rounds: { type: 'string', default: '40' },
    },
  });
  if (!values.faults) return measureOverhead({ rate: Number(values.rate), rounds: Number(values.rounds) });
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
    late: run.late.length,
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
