import { hash } from 'node:crypto';
import { forEachConcurrent, fromUnknown, PlumblineError } from '../../base/index.ts';
import { deletedAmong } from '../documents/deletions.ts';
import { printableName, type SkippedItem, type Source, type SourceItem } from '../sources/index.ts';
import { closeMissing, hasDocuments } from './close-missing.ts';
import { judgeFiles } from './known-files.ts';
import { type Destination, type DocumentInHand, type HoldingDestination, prepareDocument } from './prepare-document.ts';
import { remark, type RunReport } from './run-report.ts';
import { type FailedFile, setAside } from './set-aside.ts';
import { type Intake, storeAndAnnounce } from './store-and-announce.ts';
import { refuseTakenPaths } from './taken-paths.ts';

/** Files handled together; also bounded by their bytes, so that memory does not depend on the source. */
const BATCH_FILES = 128;
const BATCH_BYTES = 8 * 1024 * 1024;

/** Batches in flight: while one is parsed, another is stored. */
const IN_FLIGHT = 3;

/** Chunks per transaction: others wait meanwhile, on the embedded database about 25 ms. */
const CHUNKS_PER_TRANSACTION = 256;

/** What a pass is about. */
export interface PassOptions {
  readonly source: Source;
  readonly sourceId: string;
  /** Read files again even if the source says they did not change. */
  readonly force: boolean;
  readonly confirmDeletions: boolean;
}

/**
 * Goes once over a source: reads what is new or changed, sets aside what cannot be read, ends the validity of what
 * disappeared. Safe to interrupt and to repeat: what was stored is not read again.
 * @param report filled while it goes
 */
export async function runPass(
  intake: Intake,
  pass: PassOptions & { readonly to: Destination },
  report: RunReport,
): Promise<void> {
  const { context, collection } = pass.to;
  const isNew = !(await hasDocuments(intake.services, { context, collection, sourceId: pass.sourceId }));
  // All of it will be read: a parser starts while the folder is being listed.
  if (isNew && pass.source.kind === 'folder') intake.services.parsePool.warm();
  const seen = new SeenNames();
  const listing = pass.source.list(pass.to.signal);
  await forEachConcurrent(batches(listing, { seen, report }), IN_FLIGHT, (batch) =>
    handleBatch(intake, { ...pass, batch }, report),
  );
  if (isNew) return; // what the store has of it now, this pass has seen
  report.counts.closed = await closeMissing(intake, {
    context,
    collection,
    sourceId: pass.sourceId,
    complete: listing.complete,
    confirmed: pass.confirmDeletions,
    seen: (externalId) => seen.has(externalId),
  });
}

interface Batch {
  readonly items: readonly SourceItem[];
  readonly unreadable: readonly SkippedItem[];
}

/** Groups a listing; notes what was left out. */
async function* batches(
  listing: AsyncIterable<SourceItem | SkippedItem>,
  notes: { readonly seen: SeenNames; readonly report: RunReport },
): AsyncGenerator<Batch> {
  let items: SourceItem[] = [];
  let unreadable: SkippedItem[] = [];
  let bytes = 0;
  for await (const entry of listing) {
    if (entry.kind === 'skipped') {
      if (entry.present) notes.seen.add(entry.externalId);
      if (entry.code.startsWith('file.')) unreadable.push(entry);
      else noteSkipped(notes.report, entry);
      continue;
    }
    notes.seen.add(entry.externalId);
    notes.report.counts.listed++;
    items.push(entry);
    bytes += entry.bytes ?? 0;
    if (items.length < BATCH_FILES && bytes < BATCH_BYTES) continue;
    yield { items, unreadable };
    items = [];
    unreadable = [];
    bytes = 0;
  }
  if (items.length + unreadable.length > 0) yield { items, unreadable };
}

function noteSkipped(report: RunReport, entry: SkippedItem): void {
  report.counts.skipped++;
  remark(report, { externalId: printableName(entry.externalId), code: entry.code, reason: entry.reason });
}

async function handleBatch(
  intake: Intake,
  pass: PassOptions & { readonly to: Destination; readonly batch: Batch },
  report: RunReport,
): Promise<void> {
  const hold = intake.holds.begin();
  try {
    await readBatch(intake, { ...pass, to: { ...pass.to, hold } }, report);
  } finally {
    hold.release();
  }
}

async function readBatch(
  intake: Intake,
  pass: PassOptions & { readonly to: HoldingDestination; readonly batch: Batch },
  report: RunReport,
): Promise<void> {
  const { to, batch } = pass;
  const unreadable = await notDeleted(intake, to, batch.unreadable);
  await Promise.all(unreadable.map((entry) => reject(intake, { to, failed: failedOf(pass, entry), report })));
  if (pass.source.kind === 'folder') {
    await refuseTakenPaths(intake.services, to, { items: batch.items, sourceId: pass.sourceId });
  }
  const verdicts = await judgeFiles(intake.services, to, { items: batch.items, force: pass.force });
  const toRead: SourceItem[] = [];
  for (const [i, item] of batch.items.entries()) {
    if (verdicts[i] === 'read') toRead.push(item);
    else if (verdicts[i] === 'unchanged') report.counts.unchanged++;
    else report.counts.skipped++; // not even its name is noted: a person deleted it
  }
  const prepared = await Promise.all(toRead.map((item) => prepareItem(intake, { ...pass, item }, report)));
  await store(intake, { to, prepared: prepared.filter((each) => each !== null) }, report);
}

async function notDeleted(
  intake: Intake,
  to: Destination,
  entries: readonly SkippedItem[],
): Promise<readonly SkippedItem[]> {
  if (entries.length === 0) return entries;
  const names = entries.map((entry) => entry.externalId);
  const deleted = await intake.services.database.withTenant(to.context, (tx) => deletedAmong(tx, to, names));
  return entries.filter((entry) => !deleted.has(entry.externalId));
}

async function prepareItem(
  intake: Intake,
  pass: PassOptions & { readonly to: HoldingDestination; readonly item: SourceItem },
  report: RunReport,
): Promise<DocumentInHand | null> {
  const { to, item } = pass;
  const file = {
    externalId: item.externalId,
    fileName: item.fileName,
    sourceId: pass.sourceId,
    sourceState: item.state,
    declaredType: item.declaredType,
  };
  let bytes: Uint8Array | null = null;
  try {
    bytes = await item.read(to.signal);
    report.counts.bytes += bytes.byteLength;
    return await prepareDocument(intake.services, to, { ...file, bytes, given: {} });
  } catch (thrown) {
    to.signal.throwIfAborted();
    await reject(intake, { to, failed: { ...file, bytes, size: item.bytes ?? 0, thrown }, report });
    return null;
  }
}

async function reject(
  intake: Intake,
  rejected: { to: HoldingDestination; failed: FailedFile & { readonly thrown: unknown }; report: RunReport },
): Promise<void> {
  const { error } = await setAside(intake.services, rejected.to, rejected.failed);
  rejected.report.counts.quarantined++;
  remark(rejected.report, {
    externalId: printableName(rejected.failed.externalId),
    code: error.code,
    reason: error.message,
  });
}

/** A file the source could not offer (too large, unreadable): it is set aside without its bytes. */
function failedOf(pass: PassOptions, entry: SkippedItem): FailedFile & { readonly thrown: unknown } {
  const thrown = new PlumblineError({ code: entry.code, kind: 'caller', message: entry.reason });
  return {
    externalId: entry.externalId,
    sourceId: pass.sourceId,
    sourceState: null,
    declaredType: undefined,
    bytes: null,
    size: 0,
    thrown,
  };
}

/** Stores prepared documents in transactions of bounded size. */
async function store(
  intake: Intake,
  work: { readonly to: Destination; readonly prepared: readonly DocumentInHand[] },
  report: RunReport,
): Promise<void> {
  let group: DocumentInHand[] = [];
  let chunks = 0;
  for (const [i, each] of work.prepared.entries()) {
    group.push(each);
    chunks += each.parsed.chunks.length;
    if (chunks < CHUNKS_PER_TRANSACTION && i < work.prepared.length - 1) continue;
    for (const stored of await storeAndAnnounce(intake, work.to, group)) {
      if (stored.outcome === 'unchanged') report.counts.unchanged++;
      else if (stored.outcome === 'new') report.counts.added++;
      else report.counts.changed++;
      if (stored.outcome !== 'unchanged') report.counts.chunks += stored.chunks;
    }
    group = [];
    chunks = 0;
  }
}

/** The names a listing offered, as 48-bit hashes: about 40 bytes a file, whatever the length of its name. */
class SeenNames {
  readonly #hashes = new Set<number>();

  add(externalId: string): void {
    this.#hashes.add(hash48(externalId));
  }

  has(externalId: string): boolean {
    return this.#hashes.has(hash48(externalId));
  }
}

function hash48(text: string): number {
  return hash('sha256', text, 'buffer').readUIntBE(0, 6);
}

/** Turns what ended a pass into the report's words. */
export function errorOf(thrown: unknown): { code: string; message: string } {
  const error = fromUnknown(thrown);
  return { code: error.code, message: error.message };
}
