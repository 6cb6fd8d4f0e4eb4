/**
 * Counts, per collection, what this process changed in the store about chunks that were there before: documents
 * deleted, validity ended, chunks begun anew, chunks that took a step other than with the chunks held in memory. New chunks
 * do not count. The count is read in transactions, and raised in them or before anything else is done with what they
 * changed: the embedded database runs one after the other and for this process alone, so there an unchanged count
 * means that chunks read at that count are as they were.
 */
export class StoredChanges {
  readonly #counts = new Map<string, number>();

  /** To be read in the transaction that reads or writes the chunks. */
  of(collectionId: string): number {
    return this.#counts.get(collectionId) ?? 0;
  }

  /** To be called for every change, whether or not its transaction commits. */
  raise(collectionId: string): void {
    this.#counts.set(collectionId, this.of(collectionId) + 1);
  }
}
