/** Attributes a filter may name. */
export type FilterField =
  | 'documentId'
  | 'versionId'
  | 'externalId'
  | 'mediaType'
  | 'acl'
  | 'tags'
  | 'metadata'
  | 'effectiveFrom'
  | 'effectiveTo';

/**
 * A condition over chunk attributes, as plain data. Depth ≤ 8, ≤ 100 clauses: `checkFilter` refuses more.
 * On the list fields (`acl`, `tags`, `metadata`) `in` means "shares at least one". `effectiveTo: null` counts as later
 * than every instant. `prefix` asks for a text, or at least one entry of a list, that begins so.
 */
export type Filter =
  | { readonly op: 'all' }
  | { readonly op: 'and' | 'or'; readonly clauses: readonly Filter[] }
  | { readonly op: 'not'; readonly clause: Filter }
  | { readonly op: 'in'; readonly field: FilterField; readonly values: readonly string[] }
  | { readonly op: 'prefix'; readonly field: 'externalId' | 'metadata'; readonly value: string }
  | {
      readonly op: 'lt' | 'lte' | 'gt' | 'gte';
      readonly field: 'effectiveFrom' | 'effectiveTo';
      /** Milliseconds since 1970 UTC. */
      readonly value: number;
    };
