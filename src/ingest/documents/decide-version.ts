import type { PreparedDocument } from './prepared-document.ts';

/** The latest version of a document as the store has it. */
export interface KnownDocument {
  readonly documentId: string;
  readonly externalId: string;
  readonly versionId: string;
  readonly ordinal: number;
  readonly title: string;
  readonly originalSha256: string;
  readonly textSha256: string;
  readonly parser: string;
  readonly chunker: string;
  /** Milliseconds since 1970 UTC. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  readonly acl: readonly string[];
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** When a text is valid: half-open, milliseconds since 1970 UTC. */
export interface Validity {
  readonly from: number;
  readonly to: number | null;
}

/** What to do with a prepared document. */
export type VersionDecision =
  | { readonly kind: 'new'; readonly validity: Validity }
  | {
      readonly kind: 'changed';
      readonly validity: Validity;
      /** The new end of the version before. */
      readonly previousTo: number;
    }
  | { readonly kind: 'unchanged' };

/**
 * Decides whether a document is new, changed or unchanged, and when its text is valid: as given, else as declared,
 * else from when it was first seen. The version before ends where the new one begins, never before its own beginning.
 * The same bytes read by another parser or chunker replace the version without touching its dates.
 */
export function decideVersion(
  prepared: PreparedDocument,
  known: KnownDocument | undefined,
  now: number,
): VersionDecision {
  const { declared } = prepared.parsed.document;
  const from = prepared.given.effectiveFrom ?? declared.effectiveFrom;
  const to = prepared.given.effectiveTo ?? declared.effectiveTo ?? null;
  if (known === undefined) return { kind: 'new', validity: { from: from ?? now, to } };
  const sameBytes = known.originalSha256 === prepared.originalSha256;
  const stillOpen = known.effectiveTo === to;
  const sameDates = stillOpen && (from === undefined || from === known.effectiveFrom);
  if (sameBytes && sameDates && sameReading(prepared, known)) return { kind: 'unchanged' };
  const validity = { from: from ?? (sameBytes && stillOpen ? known.effectiveFrom : now), to };
  return { kind: 'changed', validity, previousTo: Math.max(known.effectiveFrom, endOf(known, validity.from)) };
}

/** The same parser and chunker, and no other title was given: chunks would come out the same. */
function sameReading({ given, parsed }: PreparedDocument, known: KnownDocument): boolean {
  const sameTitle = given.title === undefined || given.title === known.title;
  return sameTitle && known.parser === parsed.document.parser && known.chunker === parsed.chunker;
}

function endOf(known: KnownDocument, nextFrom: number): number {
  return known.effectiveTo === null ? nextFrom : Math.min(known.effectiveTo, nextFrom);
}
