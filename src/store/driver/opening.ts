import { isId, PlumblineError } from '../../base/index.ts';
import type { Actor } from './sql-driver.ts';

/** The role tenants' transactions run as. */
export const APP_ROLE = 'plumb_app';

/** A tenant id is not a UUID; running on would mean running without a tenant. */
class TenantInvalid extends PlumblineError {
  constructor() {
    super({ code: 'tenant.invalid', kind: 'fatal', message: 'A tenant id must be a UUID; this context has another.' });
  }
}

/**
 * The statements that open a transaction, in one round trip: BEGIN, the role, the settings policies read. All of it is
 * local to the transaction. `app.system` opens only the policy of the owner role; the application role gains nothing
 * by setting it.
 */
export function openingOf(actor: Actor): string {
  if (actor.as === 'system') {
    return `begin; select set_config('role', 'none', true), set_config('app.tenant_id', '', true), set_config('app.system', 'on', true)`;
  }
  return `begin; select set_config('role', '${APP_ROLE}', true), set_config('app.tenant_id', '${tenantOf(actor)}', true), set_config('app.system', '', true)`;
}

/**
 * The same as one statement with parameters, for a transaction whose statements are sent at once and which ends with them: no BEGIN
 * opens it.
 */
export const OPENING =
  "select set_config('role', $1, true), set_config('app.tenant_id', $2, true), set_config('app.system', $3, true)";

/** Parameters of {@link OPENING}. */
export function openingParametersOf(actor: Actor): [role: string, tenantId: string, system: string] {
  return actor.as === 'system' ? ['none', '', 'on'] : [APP_ROLE, tenantOf(actor), ''];
}

function tenantOf(actor: Actor): string {
  if (actor.as !== 'tenant') return '';
  if (!isId(actor.tenantId)) throw new TenantInvalid();
  return actor.tenantId;
}
