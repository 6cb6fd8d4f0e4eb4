import { createHash } from 'node:crypto';
import { checkIds } from '../check-entry.ts';
import type { IndexScope } from '../chunk-index.ts';

/** Of the table that a collection is searched by words in. @throws PlumblineError `index.invalid-entry` */
export function textName(scope: IndexScope): string {
  return `text-${owner(scope)}`;
}

/** What the names of all its tables of vectors begin with, one per embedder. @throws PlumblineError `index.invalid-entry` */
export function vectorsPrefix(scope: IndexScope): string {
  return `vectors-${owner(scope)}-`;
}

function owner(scope: IndexScope): string {
  checkIds([scope.tenantId], 'tenant id');
  checkIds([scope.collectionId], 'collection id');
  return `${scope.tenantId}-${scope.collectionId}`.toLowerCase();
}

/** An embedder's id as part of a name. */
export function fileSafe(embedderId: string): string {
  if (/^[a-z0-9._-]{1,80}$/.test(embedderId)) return embedderId;
  return createHash('sha256').update(embedderId).digest('hex').slice(0, 32);
}
