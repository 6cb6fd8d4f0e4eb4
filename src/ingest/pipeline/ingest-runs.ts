import { and, desc, eq } from 'drizzle-orm';
import { isId, PlumblineError, type TenantContext } from '../../base/index.ts';
import { ingestRuns, sources } from '../../store/index.ts';
import type { Collection } from '../collections/collections.ts';
import type { IngestServices } from '../services.ts';
import { emptyReport, type RunReport } from './run-report.ts';

/** What a source is made from; kept so that an interrupted pass can go on. */
export interface SourceSpec {
  readonly kind: 'folder' | 'file' | 'url';
  /** Absolute path or address. */
  readonly root: string;
  /** Globs relative to the root; empty: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** How to go over it. */
export interface RunOptions {
  readonly force: boolean;
  readonly confirmDeletions: boolean;
}

/** State of a pass. */
export type RunState = 'running' | 'completed' | 'failed' | 'cancelled';

/** A pass over a source as the store knows it. */
export interface IngestRun {
  readonly id: string;
  readonly collectionId: string;
  readonly sourceId: string;
  readonly state: RunState;
  readonly spec: SourceSpec;
  readonly options: RunOptions;
  readonly report: RunReport;
  /** Milliseconds since 1970 UTC. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

/** No pass has this id. */
class RunNotFound extends PlumblineError {
  constructor(id: string) {
    super({ code: 'ingest.not-found', kind: 'caller', message: `No ingestion has the id ${JSON.stringify(id)}.` });
  }
}

/** Notes that a pass begins. The source is the one of an earlier pass over the same root when there was one. */
export async function beginRun(
  services: IngestServices,
  place: { readonly context: TenantContext; readonly collection: Collection },
  wanted: { readonly spec: SourceSpec; readonly options: RunOptions },
): Promise<IngestRun> {
  const { context, collection } = place;
  const { spec, options } = wanted;
  const startedAt = services.clock();
  const id = services.newId();
  const settings = { include: spec.include, exclude: spec.exclude };
  const sourceId = await services.database.withTenant(context, async (tx) => {
    const now = new Date(startedAt);
    const [source] = await tx.orm
      .insert(sources)
      .values({
        tenantId: context.tenantId,
        id: services.newId(),
        collectionId: collection.id,
        kind: spec.kind,
        root: spec.root,
        settings,
        createdAt: now,
      })
      .onConflictDoUpdate({
        target: [sources.tenantId, sources.collectionId, sources.kind, sources.root],
        set: { settings },
      })
      .returning({ id: sources.id });
    const made = source?.id ?? services.newId();
    await tx.orm.insert(ingestRuns).values({
      tenantId: context.tenantId,
      id,
      collectionId: collection.id,
      sourceId: made,
      state: 'running',
      report: emptyReport(),
      options,
      startedAt: now,
    });
    return made;
  });
  const report = emptyReport();
  const base = { id, collectionId: collection.id, sourceId, spec, options };
  return { ...base, state: 'running', report, startedAt, finishedAt: null };
}

/** Notes how a pass ended. */
export async function endRun(
  services: IngestServices,
  context: TenantContext,
  end: { readonly run: IngestRun; readonly state: RunState },
): Promise<void> {
  await services.database.withTenant(context, async (tx) => {
    await tx.orm
      .update(ingestRuns)
      .set({ state: end.state, report: end.run.report, finishedAt: new Date(services.clock()) })
      .where(eq(ingestRuns.id, end.run.id));
    const { counts } = end.run.report;
    await services.events.append(tx, context, [
      { type: 'ingest.completed', subjectId: end.run.id, data: { state: end.state, ...counts } },
    ]);
  });
  services.events.announce(context.tenantId);
}

/** @throws PlumblineError `ingest.not-found` */
export async function findRun(services: IngestServices, context: TenantContext, id: string): Promise<IngestRun> {
  const runs = isId(id) ? await readRuns(services, context, { id }) : [];
  const [run] = runs;
  if (run === undefined) throw new RunNotFound(id);
  return run;
}

/** Passes, newest first; with `state`, only those in it. */
export async function readRuns(
  services: IngestServices,
  context: TenantContext,
  which: { readonly id?: string; readonly state?: RunState },
): Promise<IngestRun[]> {
  const rows = await services.database.withTenant(context, (tx) =>
    tx.orm
      .select()
      .from(ingestRuns)
      .innerJoin(sources, eq(sources.id, ingestRuns.sourceId))
      .where(
        and(
          which.id === undefined ? undefined : eq(ingestRuns.id, which.id),
          which.state === undefined ? undefined : eq(ingestRuns.state, which.state),
        ),
      )
      .orderBy(desc(ingestRuns.id))
      .limit(100),
  );
  return rows.map(({ ingest_runs: run, sources: source }) => {
    const settings = source.settings as Partial<Pick<SourceSpec, 'include' | 'exclude'>>;
    return {
      id: run.id,
      collectionId: run.collectionId,
      sourceId: run.sourceId,
      state: run.state,
      spec: { kind: source.kind, root: source.root, include: settings.include ?? [], exclude: settings.exclude ?? [] },
      options: run.options as RunOptions,
      report: run.report as RunReport,
      startedAt: run.startedAt.getTime(),
      finishedAt: run.finishedAt?.getTime() ?? null,
    };
  });
}
