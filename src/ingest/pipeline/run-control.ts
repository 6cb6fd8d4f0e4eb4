import { setTimeout } from 'node:timers/promises';
import { OperationAborted, type TenantContext } from '../../base/index.ts';
import type { Collection } from '../collections/collections.ts';
import { type FolderOptions, fileSource, folderSource, type Source, urlSource } from '../sources/index.ts';
import {
  beginRun,
  endRun,
  findRun,
  type IngestRun,
  type RunOptions,
  readRuns,
  type SourceSpec,
} from './ingest-runs.ts';
import { emptyReport } from './run-report.ts';
import { errorOf, runPass } from './source-pass.ts';
import type { Intake } from './store-and-announce.ts';

/** How often watchers hear of a pass. */
const PROGRESS_EVERY_MS = 1000;

/** A pass that goes on in this process. */
interface ActiveRun {
  readonly run: IngestRun;
  readonly stop: AbortController;
  readonly finished: Promise<void>;
}

type RunPlace = { readonly context: TenantContext; readonly collection: Collection };

/** How long a pass waits before it asks again whether another is done with its source. */
const TURN_EVERY_MS = 1000;

/** Starts, watches, cancels and resumes passes over sources. Passes over the same source take turns. */
export class RunControl {
  readonly #intake: Intake;
  readonly #active = new Map<string, ActiveRun>();
  #closing = false;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  /** Begins a pass and returns at once. @throws PlumblineError `source.*` when the source can be no source */
  async start(
    place: RunPlace,
    wanted: { readonly spec: SourceSpec; readonly options: RunOptions },
  ): Promise<IngestRun> {
    openSource(wanted.spec, this.#intake.services.maxFileBytes);
    const run = await beginRun(this.#intake.services, place, wanted);
    this.#go(place, run);
    return run;
  }

  /** Goes on with passes that were interrupted: what was stored is not read again. */
  async resume(context: TenantContext, collectionOf: (id: string) => Promise<Collection>): Promise<void> {
    for (const run of await readRuns(this.#intake.services, context, { state: 'running' })) {
      if (this.#active.has(run.id)) continue;
      // What it did before is in the store; it counts anew.
      const report = emptyReport();
      this.#go({ context, collection: await collectionOf(run.collectionId) }, { ...run, report });
    }
  }

  /** A pass as it is at this moment. @throws PlumblineError `ingest.not-found` */
  async find(context: TenantContext, id: string): Promise<IngestRun> {
    return this.#active.get(id)?.run ?? (await findRun(this.#intake.services, context, id));
  }

  /** Stops a pass after the files in hand; what was stored stays. */
  async cancel(context: TenantContext, id: string): Promise<IngestRun> {
    const active = this.#active.get(id);
    active?.stop.abort(new OperationAborted('The ingestion'));
    await active?.finished;
    return await findRun(this.#intake.services, context, id);
  }

  /** Resolves when no pass runs. */
  async idle(): Promise<void> {
    while (this.#active.size > 0) await Promise.all([...this.#active.values()].map((each) => each.finished));
  }

  /** Interrupts all passes; they stay `running` and go on at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const active of this.#active.values()) active.stop.abort(new OperationAborted('The ingestion'));
    await this.idle();
  }

  #go(place: RunPlace, run: IngestRun): void {
    const stop = new AbortController();
    const finished = this.#inTurn(place, run, stop.signal)
      .catch((error: unknown) => {
        this.#intake.services.log.error(
          'The end of an ingestion could not be recorded; it goes on at the next start.',
          {
            runId: run.id,
            error: String(error),
          },
        );
      })
      .finally(() => this.#active.delete(run.id));
    this.#active.set(run.id, { run, stop, finished });
  }

  /** One pass over a source at a time, over all processes: what one lists, another must not take for missing. */
  async #inTurn(place: RunPlace, run: IngestRun, signal: AbortSignal): Promise<void> {
    const { database } = this.#intake.services;
    let release = await database.tryLock(`source:${run.sourceId}`);
    while (release === null && !signal.aborted) {
      await setTimeout(TURN_EVERY_MS, undefined, { signal }).catch(() => undefined);
      release = await database.tryLock(`source:${run.sourceId}`);
    }
    try {
      // Another process may have carried this very pass out while we waited.
      const { state } = await findRun(this.#intake.services, place.context, run.id);
      if (state === 'running') await this.#carryOut(place, run, signal);
    } finally {
      await release?.();
    }
  }

  async #carryOut(place: RunPlace, run: IngestRun, signal: AbortSignal): Promise<void> {
    const ticking = setInterval(() => this.#announce(place.context, run), PROGRESS_EVERY_MS);
    const counting = new AbortController();
    let state: 'completed' | 'failed' | 'cancelled' = 'completed';
    try {
      signal.throwIfAborted();
      const source = openSource(run.spec, this.#intake.services.maxFileBytes);
      void this.#countFiles(source, run, AbortSignal.any([signal, counting.signal]));
      const to = { ...place, signal };
      await runPass(this.#intake, { source, sourceId: run.sourceId, ...run.options, to }, run.report);
    } catch (thrown) {
      if (this.#closing) return;
      state = signal.aborted ? 'cancelled' : 'failed';
      run.report.error = errorOf(thrown);
    } finally {
      clearInterval(ticking);
      counting.abort();
    }
    run.report.total ??= run.report.counts.listed;
    await endRun(this.#intake.services, place.context, { run, state });
  }

  /** Counts ahead what a folder holds, so that progress has an end. A failure shows in the pass itself. */
  async #countFiles(source: Source, run: IngestRun, signal: AbortSignal): Promise<void> {
    try {
      run.report.total = source.count === undefined ? 1 : await source.count(signal);
    } catch {
      run.report.total = null;
    }
  }

  #announce(context: TenantContext, run: IngestRun): void {
    const { services } = this.#intake;
    const data = { ...run.report.counts, total: run.report.total };
    services.database
      .withTenant(context, (tx) =>
        services.events.append(tx, context, [{ type: 'ingest.progressed', subjectId: run.id, data }]),
      )
      .then(() => services.events.announce(context.tenantId))
      .catch((error: unknown) => services.log.warn('Progress could not be recorded.', { error: String(error) }));
  }
}

function openSource(spec: SourceSpec, maxFileBytes: number): Source {
  switch (spec.kind) {
    case 'file':
      return fileSource(spec.root, { maxFileBytes });
    case 'url':
      return urlSource(spec.root, { maxFileBytes });
    case 'folder': {
      const options: FolderOptions = { include: spec.include, exclude: spec.exclude, maxFileBytes };
      return folderSource(spec.root, options);
    }
  }
}
