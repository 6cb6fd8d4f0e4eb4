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
  services: Pick<AnswerServices, 'database' | 'blobs'>,
  context: TenantContext,
  candidates: readonly Candidate[],
): Promise<Passage[]> {
  const rows = await rowsOf(
    services,
    context,
    candidates.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const texts = await canonicalTexts(services, context, rows);
  return candidates.flatMap((candidate): Passage[] => {
    const row = byId.get(candidate.id);
    const text = row === undefined ? undefined : texts.get(row.textSha256);
    if (row === undefined || text === undefined) return [];
    const { start, end, textSha256: sourceSha256 } = row;
    return [{ ...passageOf(candidate, row, text.slice(start, end)), source: text, sourceSha256 }];
  });
}

/** As {@link loadPassages}, without the texts they stand in, which need not be read as a whole then. */
export async function loadFoundPassages(
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

async function canonicalTexts(
  services: Pick<AnswerServices, 'blobs'>,
  context: TenantContext,
  rows: readonly Row[],
): Promise<Map<string, string>> {
  const decoder = new TextDecoder();
  const hashes = [...new Set(rows.map((row) => row.textSha256))];
  const texts = await Promise.all(
    hashes.map(async (hash) => [hash, decoder.decode(await services.blobs.get(context.tenantId, hash))] as const),
  );
  return new Map(texts);
}
