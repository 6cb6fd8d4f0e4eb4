import type { TenantContext } from '../../base/index.ts';
import type { Candidate } from '../../retrieval/index.ts';
import type { AnswerServices } from '../services.ts';
import type { FoundPassage, Passage } from './passage.ts';

interface Row {
  id: string;
  start: number;
  end: number;
  headingPath: string[];
  documentId: string;
  externalId: string;
  versionId: string;
  version: number;
  title: string;
  mediaType: string;
  textSha256: string;
  pageStarts: number[];
  effectiveFrom: Date;
  effectiveTo: Date | null;
}

const QUERY = `
select k.id, k.start, k."end", k.heading_path as "headingPath", d.id as "documentId", d.external_id as "externalId",
       v.id as "versionId", v.ordinal as version, v.title, v.media_type as "mediaType", v.text_sha256 as "textSha256",
       v.page_starts as "pageStarts", v.effective_from as "effectiveFrom", v.effective_to as "effectiveTo"
  from chunks k join versions v on v.id = k.version_id join documents d on d.id = k.document_id
 where k.id = any($1::uuid[]) and d.acl && $2::text[]`;

/**
 * The passages behind candidates, in their order. What was deleted, or may not be read, since the index answered is
 * left out: the store has the last word.
 */
export async function loadPassages(
  services: Pick<AnswerServices, 'database' | 'texts'>,
  context: TenantContext,
  candidates: readonly Candidate[],
): Promise<Passage[]> {
  const rows = await rowsOf(
    services,
    context,
    candidates.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const texts = await services.texts.read(
    context,
    rows.map((row) => row.textSha256),
  );
  return candidates.flatMap((candidate): Passage[] => {
    const row = byId.get(candidate.id);
    const text = row === undefined ? undefined : texts.get(row.textSha256);
    if (row === undefined || text === undefined) return [];
    const { start, end, textSha256: sourceSha256 } = row;
    return [{ ...passageOf(candidate, row, text.slice(start, end)), source: text, sourceSha256 }];
  });
}

/** Whether chunks are there and may be read, and until when their version is valid: all that can change about a passage. */
const CONFIRM = `
select k.id, v.effective_to as "effectiveTo"
  from chunks k join versions v on v.id = k.version_id join documents d on d.id = k.document_id
 where k.id = any($1::uuid[]) and d.acl && $2::text[]`;

/** Passages of a search whose result is kept, as they were loaded before; they go when that goes. */
export interface KeptPassages {
  /** By id of the chunk; null: not loaded yet. */
  byId: ReadonlyMap<string, FoundPassage> | null;
}

/**
 * As {@link loadPassages}, without the texts they stand in, which need not be read as a whole then.
 * @param found.kept those loaded before for the same candidates: the store is only asked what may have changed about them
 */
export async function loadFoundPassages(
  services: Pick<AnswerServices, 'database' | 'excerpts'>,
  context: TenantContext,
  found: { readonly candidates: readonly Candidate[]; readonly kept: KeptPassages },
): Promise<FoundPassage[]> {
  const { candidates, kept } = found;
  const confirmed = kept.byId === null ? null : await confirm(services, context, { candidates, byId: kept.byId });
  if (confirmed !== null) return confirmed;
  const passages = await loadAnew(services, context, candidates);
  kept.byId = new Map(passages.map((passage) => [passage.candidate.id, passage]));
  return passages;
}

/** Null: one is there that was not when the others were loaded. */
async function confirm(
  { database }: Pick<AnswerServices, 'database'>,
  context: TenantContext,
  { candidates, byId }: { readonly candidates: readonly Candidate[]; readonly byId: ReadonlyMap<string, FoundPassage> },
): Promise<FoundPassage[] | null> {
  if (candidates.length === 0) return [];
  const ids = candidates.map(({ id }) => id);
  const rows = await database.readTenant<Pick<Row, 'id' | 'effectiveTo'>>(context, CONFIRM, [ids, context.groups]);
  if (!rows.every(({ id }) => byId.has(id))) return null;
  const ends = new Map(rows.map(({ id, effectiveTo }) => [id, effectiveTo?.getTime() ?? null]));
  return candidates.flatMap((candidate): FoundPassage[] => {
    const [passage, effectiveTo] = [byId.get(candidate.id), ends.get(candidate.id)];
    return passage === undefined || effectiveTo === undefined ? [] : [{ ...passage, candidate, effectiveTo }];
  });
}

async function loadAnew(
  services: Pick<AnswerServices, 'database' | 'excerpts'>,
  context: TenantContext,
  candidates: readonly Candidate[],
): Promise<FoundPassage[]> {
  const rows = await rowsOf(
    services,
    context,
    candidates.map(({ id }) => id),
  );
  const words = await services.excerpts.read(context, rows);
  const byId = new Map(rows.map((row, i) => [row.id, { row, text: words[i] ?? '' }]));
  return candidates.flatMap((candidate): FoundPassage[] => {
    const found = byId.get(candidate.id);
    return found === undefined ? [] : [passageOf(candidate, found.row, found.text)];
  });
}

/** Texts of chunks with title and headings before them, by id; what was deleted or may not be read is missing. */
export async function loadTexts(
  services: Pick<AnswerServices, 'database' | 'excerpts'>,
  context: TenantContext,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await rowsOf(services, context, ids);
  const words = await services.excerpts.read(context, rows);
  return new Map(rows.map(({ id, title, headingPath }, i) => [id, [title, ...headingPath, words[i] ?? ''].join('\n')]));
}

async function rowsOf(
  { database }: Pick<AnswerServices, 'database'>,
  context: TenantContext,
  ids: readonly string[],
): Promise<Row[]> {
  if (ids.length === 0) return [];
  return await database.readTenant<Row>(context, QUERY, [ids, context.groups]);
}

function passageOf(candidate: Candidate, row: Row, text: string): FoundPassage {
  return {
    candidate,
    documentId: row.documentId,
    versionId: row.versionId,
    version: row.version,
    title: row.title,
    externalId: row.externalId,
    mediaType: row.mediaType,
    headingPath: row.headingPath,
    pageStarts: row.pageStarts,
    start: row.start,
    end: row.end,
    text,
    effectiveFrom: row.effectiveFrom.getTime(),
    effectiveTo: row.effectiveTo?.getTime() ?? null,
  };
}
