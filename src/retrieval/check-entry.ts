import { isId } from '../base/index.ts';
import type { IndexScope, SearchOptions } from './chunk-index.ts';
import { IndexEntryInvalid } from './index-errors.ts';

/** Results a search may ask for. */
const MAX_LIMIT = 1_000;

/** Refuses what is not a UUID: ids become names of tables and parts of statements. @throws IndexEntryInvalid */
export function checkIds(ids: readonly string[], what: string): void {
  for (const id of ids) if (!isId(id)) throw new IndexEntryInvalid(`the ${what} "${id.slice(0, 100)}" is not a UUID`);
}

/** Refuses a vector of another length than the scope's, which would be cut, padded or refused later. @throws IndexEntryInvalid */
export function checkVector(vector: Float32Array, scope: IndexScope): void {
  if (vector.length === scope.dimensions) return;
  throw new IndexEntryInvalid(
    `a vector has ${vector.length} numbers, the embedder "${scope.embedderId}" makes ${scope.dimensions}`,
  );
}

/** The limit, when it is a whole number from 1 to 1,000. @throws IndexEntryInvalid */
export function checkLimit(options: SearchOptions): number {
  if (Number.isInteger(options.limit) && options.limit >= 1 && options.limit <= MAX_LIMIT) return options.limit;
  throw new IndexEntryInvalid(`the limit ${options.limit} is not a whole number from 1 to ${MAX_LIMIT}`);
}
