import { MassDeletion } from './source-error.ts';

/** Up to this many documents may disappear in one sync unasked. */
const MAX_UNASKED_DOCUMENTS = 10;
/** Up to this share of the known documents may disappear in one sync unasked. */
const MAX_UNASKED_SHARE = 0.2;

/** What a sync found, once its listing ended. */
export interface ListingOutcome {
  /** Open documents the collection holds from this source; ≥ 0. */
  readonly known: number;
  /** How many of them were neither listed nor reported as present; 0 … known. */
  readonly missing: number;
  /** `Listing.complete`. */
  readonly complete: boolean;
  /** Somebody asked for it with `--confirm-deletions`. Default false; never overrules an incomplete listing. */
  readonly confirmed?: boolean;
}

/** Whether the missing documents may be closed; `refusal` is to be reported when there are too many of them. */
export type DeletionVerdict =
  | { readonly close: true }
  | { readonly close: false; readonly because: 'nothing-missing' | 'incomplete' }
  | { readonly close: false; readonly because: 'mass-deletion'; readonly refusal: MassDeletion };

/**
 * Missing is not deleted: decides whether documents that were not listed may be closed. Pure. A source whose root is
 * absent never gets here: its listing throws `source.not-found`.
 */
export function massDeletion({ known, missing, complete, confirmed = false }: ListingOutcome): DeletionVerdict {
  if (missing <= 0) return { close: false, because: 'nothing-missing' };
  if (!complete) return { close: false, because: 'incomplete' };
  const suspicious = missing > MAX_UNASKED_DOCUMENTS && missing > known * MAX_UNASKED_SHARE;
  if (suspicious && !confirmed)
    return { close: false, because: 'mass-deletion', refusal: new MassDeletion(known, missing) };
  return { close: true };
}
