/** What the parser already made of a version, kept for the moment the projector needs it. */
export interface RecentText {
  readonly text: string;
  /** Terms per chunk ordinal, each joined by one space. */
  readonly terms: readonly string[];
}

/**
 * The newest versions' texts and terms, up to a number of characters: saves reading back and analysing again what was
 * parsed a moment ago. Losing an entry costs time, nothing else.
 */
export class RecentTexts {
  readonly #entries = new Map<string, RecentText & { readonly characters: number }>();
  readonly #maxCharacters: number;
  #characters = 0;

  /** @param maxCharacters UTF-16 code units of texts and terms kept; about two bytes each */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  put(versionId: string, recent: RecentText): void {
    const characters = recent.text.length + recent.terms.reduce((sum, terms) => sum + terms.length, 0);
    if (characters > this.#maxCharacters / 4) return;
    this.drop(versionId);
    this.#entries.set(versionId, { ...recent, characters });
    this.#characters += characters;
    while (this.#characters > this.#maxCharacters) {
      const oldest = this.#entries.keys().next().value;
      if (oldest === undefined) break;
      this.drop(oldest);
    }
  }

  get(versionId: string): RecentText | undefined {
    return this.#entries.get(versionId);
  }

  drop(versionId: string): void {
    const entry = this.#entries.get(versionId);
    if (entry === undefined) return;
    this.#entries.delete(versionId);
    this.#characters -= entry.characters;
  }
}
