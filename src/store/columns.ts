import { sql } from 'drizzle-orm';
import { customType, pgPolicy, pgRole, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The role every tenant's transaction runs as; it owns nothing and row-level security binds it. */
export const appRole = pgRole('plumb_app').existing();

/** Bytes. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** A moment, to the millisecond. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** The organisation a row belongs to. */
export const tenantId = () => uuid('tenant_id').notNull();

/** Rows of the transaction's tenant only; without a tenant, none. The inner select is evaluated once per statement. */
export const ownRows = () =>
  pgPolicy('own_rows', {
    for: 'all',
    to: appRole,
    using: sql`tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`,
    withCheck: sql`tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`,
  });
