interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Who waits in this process for a deleted document's bytes to be gone. */
export class ErasureWatch {
  readonly #waiters = new Map<string, Waiter>();

  /** Settles when the document's erasure has been carried out here. An ignored failure does no harm: the job repeats. */
  erased(documentId: string): Promise<void> {
    const erased = new Promise<void>((resolve, reject) => this.#waiters.set(documentId, { resolve, reject }));
    erased.catch(() => undefined);
    return erased;
  }

  /** @param error null: done */
  settle(documentIds: readonly string[], error: unknown): void {
    for (const id of documentIds) {
      const waiter = this.#waiters.get(id);
      this.#waiters.delete(id);
      if (error === null) waiter?.resolve();
      else waiter?.reject(error);
    }
  }
}
