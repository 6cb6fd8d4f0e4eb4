import type { z } from '@hono/zod-openapi';
import type {
  Collection,
  CollectionSummary,
  DocumentSummary,
  IngestRun,
  ProjectionProgress,
  QuarantinedFile,
} from '../../ingest/index.ts';
import { type Filter, metadataFilter } from '../../retrieval/index.ts';
import type { filterSchema } from '../contract/answers.ts';
import type { collectionSchema, documentSchema, quarantinedSchema, runSchema } from '../contract/documents.ts';

/** Milliseconds since 1970 UTC as ISO 8601. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** As {@link instant}; null stays null. */
export function instantOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : instant(milliseconds);
}

/** An instant as a caller wrote it, in milliseconds since 1970 UTC; a bare date is 00:00Z. */
export function millisecondsOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
}

export function collectionOnWire(collection: CollectionSummary): z.infer<typeof collectionSchema> {
  const { id, name, documents, chunks, settings } = collection;
  return { id, name, documents, chunks, exampleQuestions: [...settings.exampleQuestions] };
}

export function documentOnWire(document: DocumentSummary): z.infer<typeof documentSchema> {
  const { collectionId: _, ...rest } = document;
  return {
    ...rest,
    tags: [...rest.tags],
    metadata: { ...rest.metadata },
    effectiveFrom: instant(rest.effectiveFrom),
    effectiveTo: instantOrNull(rest.effectiveTo),
    updatedAt: instant(rest.updatedAt),
  };
}

export function quarantinedOnWire(file: QuarantinedFile): z.infer<typeof quarantinedSchema> {
  const { id, externalId, code, reason, bytes, attempts } = file;
  return { id, externalId, code, reason, bytes, attempts, updatedAt: instant(file.updatedAt) };
}

export function runOnWire(
  run: IngestRun,
  beside: { readonly collection: string; readonly index: ProjectionProgress },
): z.infer<typeof runSchema> {
  return {
    id: run.id,
    state: run.state,
    collection: beside.collection,
    root: run.spec.root,
    total: run.report.total,
    counts: run.report.counts,
    index: beside.index,
    remarks: run.report.remarks,
    error: run.report.error,
    startedAt: instant(run.startedAt),
    finishedAt: instantOrNull(run.finishedAt),
  };
}

/**
 * A caller's filter as the index takes it: every condition must hold, of a list any member may.
 * @param collection whose declared fields the conditions on metadata are checked against
 * @throws PlumblineError `filter.invalid`
 */
export function filterOf(given: z.infer<typeof filterSchema> | undefined, { settings }: Collection): Filter {
  if (given === undefined) return { op: 'all' };
  const clauses: Filter[] = [];
  if (given.documentIds) clauses.push({ op: 'in', field: 'documentId', values: given.documentIds });
  if (given.mediaTypes) clauses.push({ op: 'in', field: 'mediaType', values: given.mediaTypes });
  if (given.tags) clauses.push({ op: 'in', field: 'tags', values: given.tags });
  if (given.pathPrefix !== undefined) clauses.push({ op: 'prefix', field: 'externalId', value: given.pathPrefix });
  clauses.push(...metadataFilter(given.metadata ?? {}, settings.fields));
  return clauses.length === 0 ? { op: 'all' } : { op: 'and', clauses };
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that were given: what is undefined is left out. */
export function onlyGiven<T extends object>(fields: T | undefined): Given<T> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Given<T>;
}
