import { asc, desc, eq, gt } from 'drizzle-orm';
import { type ErrorKind, isId, PlumblineError, type TenantContext } from '../../base/index.ts';
import { type Database, quarantine, type Transaction } from '../../store/index.ts';
import type { IngestServices } from '../services.ts';

/** A file that could not become a document. */
export interface QuarantinedFile {
  readonly id: string;
  readonly collectionId: string;
  readonly sourceId: string | null;
  readonly externalId: string;
  /** Null when the bytes were not kept (too large, unreadable). */
  readonly originalSha256: string | null;
  readonly bytes: number;
  readonly declaredType: string | null;
  /** Error code, `noun.problem`. */
  readonly code: string;
  /** A sentence for a person. */
  readonly reason: string;
  /** How often it was tried, ≥ 1. */
  readonly attempts: number;
  /** Milliseconds since 1970 UTC. */
  readonly updatedAt: number;
}

/** A file to set aside. */
export interface RejectedFile {
  readonly collectionId: string;
  readonly sourceId: string | null;
  readonly externalId: string;
  readonly originalSha256: string | null;
  readonly bytes: number;
  readonly declaredType: string | null;
  readonly sourceState: string | null;
  readonly error: PlumblineError;
}

/** No quarantined file has this id. */
class QuarantineNotFound extends PlumblineError {
  constructor(id: string) {
    super({
      code: 'quarantine.not-found',
      kind: 'caller',
      message: `No quarantined file has the id ${JSON.stringify(id)}. \`plumb quarantine list\` shows those there are.`,
      details: { id },
    });
  }
}

/** A file went to quarantine instead of becoming a document. */
export class DocumentQuarantined extends PlumblineError {
  constructor(file: { readonly id: string; readonly externalId: string }, error: PlumblineError) {
    const kind: ErrorKind = 'caller';
    super({
      code: error.code,
      kind,
      message: `${file.externalId} was set aside: ${error.message}`,
      details: { ...error.details, quarantineId: file.id, externalId: file.externalId },
      cause: error,
    });
  }
}

/** Sets a file aside with the reason; trying the same file again counts up. @returns its quarantine id */
export async function quarantineFile(
  services: Pick<IngestServices, 'database' | 'events' | 'clock' | 'newId'>,
  context: TenantContext,
  file: RejectedFile,
): Promise<string> {
  const id = await services.database.withTenant(context, async (tx) => {
    const now = new Date(services.clock()).toISOString();
    const [row] = await tx.query<{ id: string }>(
      `insert into quarantine (tenant_id, id, collection_id, source_id, external_id, original_sha256, original_bytes,
                               declared_type, code, reason, source_state, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
       on conflict (tenant_id, collection_id, external_id) do update set
         original_sha256 = excluded.original_sha256, original_bytes = excluded.original_bytes, code = excluded.code,
         reason = excluded.reason, source_state = excluded.source_state, attempts = quarantine.attempts + 1,
         updated_at = excluded.updated_at
       returning id`,
      [
        context.tenantId,
        services.newId(),
        file.collectionId,
        file.sourceId,
        file.externalId,
        file.originalSha256,
        file.bytes,
        file.declaredType,
        file.error.code,
        file.error.message,
        file.sourceState,
        now,
      ],
    );
    const subjectId = row?.id ?? services.newId();
    await services.events.append(tx, context, [
      { type: 'document.quarantined', subjectId, data: { code: file.error.code } },
    ]);
    return subjectId;
  });
  services.events.announce(context.tenantId);
  return id;
}

/** Quarantined files, by id, page by page. `after` is exclusive. */
export async function listQuarantine(
  database: Database,
  context: TenantContext,
  page: { readonly after: string | null; readonly limit: number },
): Promise<QuarantinedFile[]> {
  return await database.withTenant(context, async (tx) => {
    const rows = await tx.orm
      .select()
      .from(quarantine)
      .where(page.after === null ? undefined : gt(quarantine.id, page.after))
      .orderBy(asc(quarantine.id))
      .limit(page.limit);
    return rows.map(fromRow);
  });
}

/** @throws PlumblineError `quarantine.not-found` */
export async function findQuarantined(
  database: Database,
  context: TenantContext,
  id: string,
): Promise<QuarantinedFile> {
  if (!isId(id)) throw new QuarantineNotFound(id);
  const [row] = await database.withTenant(
    context,
    async (tx) =>
      await tx.orm.select().from(quarantine).where(eq(quarantine.id, id)).orderBy(desc(quarantine.id)).limit(1),
  );
  if (row === undefined) throw new QuarantineNotFound(id);
  return fromRow(row);
}

/** Takes the row out; the caller erases the bytes. */
export async function removeQuarantined(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(quarantine).where(eq(quarantine.id, id));
}

function fromRow(row: typeof quarantine.$inferSelect): QuarantinedFile {
  return {
    id: row.id,
    collectionId: row.collectionId,
    sourceId: row.sourceId,
    externalId: row.externalId,
    originalSha256: row.originalSha256,
    bytes: row.originalBytes,
    declaredType: row.declaredType,
    code: row.code,
    reason: row.reason,
    attempts: row.attempts,
    updatedAt: row.updatedAt.getTime(),
  };
}
