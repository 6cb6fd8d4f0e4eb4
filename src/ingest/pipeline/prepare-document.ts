import type { TenantContext } from '../../base/index.ts';
import type { Collection } from '../collections/collections.ts';
import type { GivenFacts, PreparedDocument } from '../documents/prepared-document.ts';
import type { HashedBytes } from '../../store/index.ts';
import type { BlobHold } from '../erasure/blob-holds.ts';
import type { IngestServices } from '../services.ts';

/** Bytes with what is known of them before they are read. */
export interface RawDocument {
  readonly externalId: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly declaredType: string | undefined;
  readonly sourceId: string | null;
  readonly sourceState: string | null;
  readonly given: GivenFacts;
}

/** Where a document goes, on whose behalf, and until when it matters. */
export interface Destination {
  readonly context: TenantContext;
  readonly collection: Collection;
  readonly signal: AbortSignal;
}

/** A destination with what keeps the blobs put on the way to it; released once rows refer to them. */
export interface HoldingDestination extends Destination {
  readonly hold: BlobHold;
}

/** A document ready to be stored with the bytes it will refer to, held but not on the disk yet. */
export interface DocumentInHand extends PreparedDocument {
  /** The original and, where it differs, the canonical text as UTF-8. */
  readonly blobs: readonly HashedBytes[];
}

/**
 * Parses and cuts a document and holds the names of its bytes and its canonical text; they are put on the disk just
 * before the document is stored.
 * @throws ParseFailure when the file cannot become a document
 */
export async function prepareDocument(
  services: IngestServices,
  to: HoldingDestination,
  raw: RawDocument,
): Promise<DocumentInHand> {
  const { tenantId } = to.context;
  const parsed = await services.parsePool.parse(
    {
      bytes: raw.bytes,
      fileName: raw.fileName,
      chunking: to.collection.settings.chunking,
      ...(raw.declaredType === undefined ? {} : { declaredType: raw.declaredType }),
    },
    { tenantId, signal: to.signal },
  );
  await to.hold.keep(parsed.originalSha256);
  await to.hold.keep(parsed.textSha256);
  const { originalSha256, textSha256 } = parsed;
  const blobs: HashedBytes[] = [{ bytes: raw.bytes, sha256: originalSha256 }];
  if (textSha256 !== originalSha256) {
    blobs.push({ bytes: new TextEncoder().encode(parsed.document.text), sha256: textSha256 });
  }
  return {
    externalId: raw.externalId,
    sourceId: raw.sourceId,
    sourceState: raw.sourceState,
    fallbackTitle: titleFromName(raw.fileName),
    given: raw.given,
    originalSha256,
    originalBytes: raw.bytes.byteLength,
    parsed,
    blobs,
  };
}

/** `travel-policy_2025.md` → `travel policy 2025`. */
function titleFromName(fileName: string): string {
  const bare = fileName
    .replace(/\.[^.]{1,8}$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return bare === '' ? fileName : bare;
}
