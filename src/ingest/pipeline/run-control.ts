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

/** Starts, watches, cancels and resumes passes over sources. */
export class RunControl {
  readonly #intake: Intake;
  readonly #active = new Map<string, ActiveRun>();
  #closing = false;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  /** Begins a pass and returns at once. */
  async start(
    place: { readonly context: TenantContext; readonly collection: Collection },
    wanted: { readonly spec: SourceSpec; readonly options: RunOptions },
  ): Promise<IngestRun> {
    const run = await beginRun(this.#intake.services, place, wanted);
    this.#go(place, run);
    return run;
  }

  /** Goes on with passes that were interrupted: what was stored is not read again. */
  async resume(context: TenantContext, collectionOf: (id: string) => Promise<Collection>): Promise<void> {
    for (const run of await readRuns(this.#intake.services, context, { state: 'running' })) {
      if (!this.#active.has(run.id)) this.#go({ context, collection: await collectionOf(run.collectionId) }, run);
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

  #go(place: { readonly context: TenantContext; readonly collection: Collection }, run: IngestRun): void {
    const stop = new AbortController();
    const finished = this.#carryOut(place, run, stop.signal)
      .catch((error: unknown) =>
        this.#intake.services.log.error('A pass could not be ended; it goes on at the next start.', {
          run: run.id,
          error: String(error),
        }),
      )
      .finally(() => this.#active.delete(run.id));
    this.#active.set(run.id, { run, stop, finished });
  }

  async #carryOut(
    place: { readonly context: TenantContext; readonly collection: Collection },
    run: IngestRun,
    signal: AbortSignal,
  ): Promise<void> {
    const ticking = setInterval(() => this.#announce(place.context, run), PROGRESS_EVERY_MS);
    let state: 'completed' | 'failed' | 'cancelled' = 'completed';
    try {
      const source = openSource(run.spec, this.#intake.services.maxFileBytes);
      void this.#countFiles(source, run, signal);
      await runPass(
        this.#intake,
        { source, sourceId: run.sourceId, ...run.options, to: { ...place, signal } },
        run.report,
      );
    } catch (thrown) {
      if (this.#closing) return;
      state = signal.aborted ? 'cancelled' : 'failed';
      run.report.error = errorOf(thrown);
    } finally {
      clearInterval(ticking);
    }
    await endRun(this.#intake.services, place.context, { run, state });
  }

  /** Counts ahead what a folder holds, so that progress has an end. A failure shows in the pass itself. */
  async #countFiles(source: Source, run: IngestRun, signal: AbortSignal): Promise<void> {
    if (source.kind !== 'folder') {
      run.report.total = 1;
      return;
    }
    let total = 0;
    try {
      for await (const entry of source.list(signal)) if (entry.kind === 'item') total++;
      run.report.total = total;
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
