import type { PgliteDriver } from './driver/pglite-driver.ts';

/**
 * Tells the embedded database's planner what statistics would: that nearly all rows of a table are one tenant's. Nothing
 * analyses tables there, and without knowing this it believes that `tenant_id`, which row-level security adds to every
 * statement, leaves one row in 200, and reads a whole tenant to find rows it has the keys of. Holds no values.
 * See https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-STATSMOD
 */
export async function tellPlanner(driver: PgliteDriver): Promise<void> {
  await driver.run('owner', FACTS);
}

const FACTS = `
do $$
declare
  owned record;
begin
  for owned in
    select c.relname::text as name, a.attname::text as attribute
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname in ('tenant_id', 'collection_id') and not a.attisdropped
     where n.nspname = 'public' and c.relkind = 'r'
  loop
    perform pg_restore_attribute_stats('schemaname', 'public', 'relname', owned.name, 'attname', owned.attribute,
      'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real);
  end loop;
end $$`;
