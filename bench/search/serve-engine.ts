import { serveRequests } from '../process/handlers.ts';
import type { Engine, Query, SearchSetting } from './contract.ts';

/** Makes this process a contender: builds the engine when asked to, then times searches. */
export function serveEngine(build: (setting: SearchSetting) => Promise<Engine>): void {
  serveRequests(engineHandlers(build));
}

function engineHandlers(build: (setting: SearchSetting) => Promise<Engine>) {
  let engine: Engine = { searches: {} };
  let queries: readonly Query[] = [];
  const searchOf = (mode: string) => {
    const search = engine.searches[mode];
    if (search === undefined) throw new Error(`This engine has no mode "${mode}".`);
    return search;
  };
  return {
    open: async (setting: SearchSetting): Promise<{ buildMs: number; modes: string[] }> => {
      const started = performance.now();
      engine = await build(setting);
      queries = setting.queries;
      return { buildMs: performance.now() - started, modes: Object.keys(engine.searches) };
    },
    /** Runs through the queries once, for at most 20 s. */
    warm: async ({ mode }: { mode: string }): Promise<void> => {
      const deadline = performance.now() + 20_000;
      for (const query of queries) if (performance.now() < deadline) await searchOf(mode)(query);
    },
    /** One search after the other. @returns milliseconds of each */
    time: async ({ mode, from, to }: { mode: string; from: number; to: number }): Promise<number[]> => {
      const search = searchOf(mode);
      const durations: number[] = [];
      for (const query of queries.slice(from, to)) {
        const started = performance.now();
        await search(query);
        durations.push(performance.now() - started);
      }
      return durations;
    },
    /** All queries with several in flight, at most 20 s. @returns searches per second */
    throughput: async ({ mode, inFlight }: { mode: string; inFlight: number }): Promise<number> => {
      const search = searchOf(mode);
      const remaining = queries.values();
      const started = performance.now();
      let done = 0;
      const work = async (): Promise<void> => {
        for (const query of remaining) {
          await search(query);
          done++;
          if (performance.now() - started > 20_000) return;
        }
      };
      await Promise.all(Array.from({ length: inFlight }, work));
      return (done * 1000) / (performance.now() - started);
    },
    /** What the first `count` queries find. */
    find: async ({ mode, count }: { mode: string; count: number }): Promise<number[][]> => {
      const found: number[][] = [];
      for (const query of queries.slice(0, count)) found.push(await searchOf(mode)(query));
      return found;
    },
  };
}

/** What an engine's process can be asked. */
export type EngineHandlers = ReturnType<typeof engineHandlers>;
