import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { fileURLToPath } from 'node:url';
import { fitLogistic, type Observation } from '../abstention/logistic.ts';
import type { Metrics } from '../report/report.ts';
import { readGoldenFolder } from './layout.ts';
import { serveFolder } from './serve-folder.ts';

/** Sets to learn from; see tuning/README.md. */
const LEARNT_FROM = ['town', 'university', 'housing', 'energy', 'railway'];
const RIDGE = 0.003;

/** Fits whether to answer (`src/answers/extractive/decide.ts`) on the tuning sets. @returns the curve */
export async function fitDecision(): Promise<Metrics> {
  const observations: Observation[] = [];
  for (const name of LEARNT_FROM) observations.push(...(await observe(name)));
  const { bias, weights } = fitLogistic(observations, { ridge: RIDGE, signed: [1, 1] });
  return { questionsFitted: observations.length, bias, cosine: weights[0] ?? 0, kind: weights[1] ?? 0 };
}

/** Asks the set's questions and listens to what the first decision of each rests on. */
async function observe(name: string): Promise<Observation[]> {
  const golden = readGoldenFolder(fileURLToPath(new URL(`./tuning/${name}`, import.meta.url)));
  const served = await serveFolder(golden.documents);
  const { platform, collection } = served;
  let grounds: number[] | null = null;
  const listen = (message: unknown): void => {
    const { cosine, kind } = message as { readonly cosine: number; readonly kind: number };
    grounds ??= [cosine, kind];
  };
  subscribe('plumbline:answers:decision', listen);
  const observations: Observation[] = [];
  try {
    for (const { question, asOf, answerable } of golden.questions) {
      grounds = null;
      const signal = AbortSignal.timeout(60_000);
      const asked = { collection, text: question, asOf, filter: { op: 'all' as const }, signal };
      await platform.ask(platform.localContext(), asked);
      if (grounds !== null) observations.push({ signs: grounds, positive: answerable });
    }
  } finally {
    unsubscribe('plumbline:answers:decision', listen);
    await served.close();
  }
  return observations;
}
