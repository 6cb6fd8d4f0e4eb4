/** The attributes chunks of one version have in common. */
export interface RowFacts {
  readonly documentId: string;
  readonly versionId: string;
  readonly acl: readonly string[];
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
}

/** Keeps one object for equal facts, and one array for equal access lists. */
export class SharedFacts {
  readonly #byVersion = new Map<string, RowFacts[]>();
  readonly #lists = new Map<string, readonly string[]>();

  /** Versions remembered. */
  get size(): number {
    return this.#byVersion.size;
  }

  /** Equal facts remembered before, else these. */
  shared(facts: RowFacts): RowFacts {
    const ofVersion = this.#byVersion.get(facts.versionId);
    const acl = this.#list(facts.acl);
    const known = ofVersion?.find(
      (other) =>
        other.acl === acl && other.effectiveFrom === facts.effectiveFrom && other.effectiveTo === facts.effectiveTo,
    );
    if (known !== undefined) return known;
    const kept = { ...facts, acl };
    if (ofVersion === undefined) this.#byVersion.set(facts.versionId, [kept]);
    else ofVersion.push(kept);
    return kept;
  }

  #list(entries: readonly string[]): readonly string[] {
    const key = JSON.stringify(entries);
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    this.#lists.set(key, entries);
    return entries;
  }
}
