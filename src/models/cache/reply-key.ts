import { createHash } from 'node:crypto';
import type { TenantContext } from '../../base/index.ts';
import type { CacheKey } from '../door/ports.ts';

/**
 * What an exact hit needs to be equal: SHA-256 of the access list (principal and groups, in any order) and of every part
 * of the key. The tenant is not in it: rows are the tenant's own.
 */
export function replyKeyOf(context: TenantContext, key: CacheKey): Uint8Array {
  return hashOf([accessOf(context), key]);
}

/**
 * What a semantic hit needs to be equal: SHA-256 of the access list and of every part of the key but the question itself and, when the
 * caller says with `scope` what else the prompt rests on, the prompt. Without it, the prompt must be equal but for the
 * question; null: the question is not in the prompt, so that no paraphrase can replace it.
 */
export function scopeOf(context: TenantContext, key: CacheKey): Uint8Array | null {
  const { prompt, question, scope, ...rest } = key;
  if (question === null) return null;
  const written = JSON.stringify(question).slice(1, -1);
  if (scope === null && !prompt.includes(written)) return null;
  const around = scope === null ? prompt.split(written) : [scope];
  return hashOf([accessOf(context), rest, around]);
}

/** Principal and groups, so that equal ones give equal hashes. */
function accessOf({ principalId, groups }: TenantContext): unknown {
  return [principalId, [...new Set(groups)].sort()];
}

/** SHA-256 of a plain JSON value; the order of an object's keys does not count, nor do undefined members. */
function hashOf(value: unknown): Uint8Array {
  return createHash('sha256').update(canonical(value), 'utf8').digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
