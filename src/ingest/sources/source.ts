/** Something a source offers for ingestion. */
export interface SourceItem {
  readonly kind: 'item';
  /** Names the document inside its collection: the path relative to the source's root with `/`, or the address. */
  readonly externalId: string;
  /** Last part of the name; a hint for the parser, never trusted. */
  readonly fileName: string;
  /** Opaque. Equal to the state of an earlier listing: the content is the same and need not be read. */
  readonly state: string;
  /** Size in bytes as listed, or null when the source does not say. */
  readonly bytes: number | null;
  /** Media type the source declares (may carry `; charset=`); a hint, never trusted. */
  readonly declaredType?: string;
  /**
   * The content, at most as large as the source's cap.
   * @throws SourceTooLarge, SourceUnreadable, SourceChanging, and for an address everything {@link Source} may throw
   */
  read(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** Why something was left out. `ignored.*`: on purpose. `file.*`, `folder.*`: it could not be had. */
export type SkipCode =
  | 'ignored.hidden'
  | 'ignored.secret'
  | 'ignored.home'
  | 'ignored.junk'
  | 'ignored.gitignore'
  | 'ignored.excluded'
  | 'ignored.not-included'
  | 'ignored.symlink'
  | 'ignored.special'
  | 'file.too-large'
  | 'file.bad-name'
  | 'file.unreadable'
  | 'folder.unreadable';

/** Something a source left out. A folder stands for everything inside it. */
export interface SkippedItem {
  readonly kind: 'skipped';
  /** As in {@link SourceItem}; a folder ends in `/`. May hold control characters: print it with `printableName`. */
  readonly externalId: string;
  readonly code: SkipCode;
  /** One sentence for a person, safe to print. */
  readonly reason: string;
  /**
   * The thing is there and is meant to be ingested, only not possible now: a document known under this name is not
   * missing and stays as it is.
   */
  readonly present: boolean;
}

/** What a listing is made of. */
export type SourceEntry = SourceItem | SkippedItem;

/** One pass over a source. Iterate it once; entries come in a fixed order and are not kept. */
export interface Listing extends AsyncIterable<SourceEntry> {
  /**
   * True once iteration has reached the end and everything on the way could be read. While it is false, what was not
   * listed may still exist: close nothing.
   */
  readonly complete: boolean;
}

/** A place documents come from. */
export interface Source {
  readonly kind: 'folder' | 'file' | 'url';
  /** Absolute path or address of the root. */
  readonly root: string;
  /**
   * Starts a pass. The signal reaches every read and every socket of it.
   * @throws while iterating: SourceNotFound when the root is absent, SourceBlocked, SourceUnreachable, SourceTimedOut,
   * SourceTooLarge, SourceHttpStatus, OperationAborted
   */
  list(signal: AbortSignal): Listing;
  /**
   * About how many items a listing would offer, where that costs less than listing: files too large to be read count.
   * @throws as listing does
   */
  count?(signal: AbortSignal): Promise<number>;
}

/**
 * Makes a {@link Listing} out of a generator that returns whether it saw everything.
 * @param walk yields the entries; its return value becomes `complete`
 */
export function listingOf(walk: () => AsyncGenerator<SourceEntry, boolean>): Listing {
  let complete = false;
  return {
    get complete() {
      return complete;
    },
    async *[Symbol.asyncIterator]() {
      complete = false;
      complete = yield* walk();
    },
  };
}
