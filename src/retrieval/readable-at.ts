import type { TenantContext } from '../base/index.ts';
import type { Filter } from './filter.ts';

/**
 * The filter every search runs under: what this principal may read, as it was valid at an instant, and what the
 * caller asked for. Access comes from the context, never from the caller's filter, which can only narrow it.
 * The tenant is not in it: it is part of the index's scope.
 * @param asOfMs milliseconds since 1970 UTC
 */
export function readableAt(context: TenantContext, asOfMs: number, filter: Filter = { op: 'all' }): Filter {
  const clauses: Filter[] = [
    { op: 'in', field: 'acl', values: context.groups },
    { op: 'lte', field: 'effectiveFrom', value: asOfMs },
    { op: 'gt', field: 'effectiveTo', value: asOfMs },
  ];
  return { op: 'and', clauses: filter.op === 'all' ? clauses : [...clauses, filter] };
}
