import { newId, type NewId, systemClock } from '../base/index.ts';
import type { Database, Transaction } from './database.ts';

const LOCAL_TENANT = 'localTenant';

/** A fact about this installation, or undefined when it was never set. The value is any JSON. */
export async function getInstallation<T>(tx: Transaction, key: string): Promise<T | undefined> {
  const rows = await tx.query<{ value: T }>('select value from installation where key = $1', [key]);
  return rows[0]?.value;
}

/** Sets a fact about this installation. @param value anything JSON can say */
export async function setInstallation(tx: Transaction, key: string, value: unknown): Promise<void> {
  await tx.query(
    'insert into installation (key, value) values ($1, $2::jsonb) on conflict (key) do update set value = excluded.value',
    [key, JSON.stringify(value)],
  );
}

/**
 * First boot: makes the one organisation of the embedded mode. Later boots find it. Safe when several nodes boot at once.
 * @returns the organisation's id, which is the local tenant's
 */
export async function bootstrap(database: Database, id: NewId = newId): Promise<string> {
  return database.withSystem('first boot', async (tx) => {
    const known = await getInstallation<string>(tx, LOCAL_TENANT);
    if (known !== undefined) return known;
    await tx.query('lock table installation in share row exclusive mode');
    const raced = await getInstallation<string>(tx, LOCAL_TENANT);
    return raced ?? insertOrganisation(tx, id());
  });
}

async function insertOrganisation(tx: Transaction, tenantId: string): Promise<string> {
  await tx.query('insert into organisations (tenant_id, name, created_at) values ($1, $2, $3)', [
    tenantId,
    'Local',
    new Date(systemClock()),
  ]);
  await setInstallation(tx, LOCAL_TENANT, tenantId);
  return tenantId;
}
