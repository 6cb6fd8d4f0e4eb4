import { APP_ROLE } from './driver/opening.ts';
import type { SqlClient } from './driver/sql-driver.ts';

/**
 * What drizzle-kit does not generate, for every table of the `public` schema that has a `tenant_id`: row-level security
 * forced on the owner too, and a policy that lets the owner, and nobody else, past it while `app.system` is on
 * (`withSystem`). The application role gets the rights it needs and no more. Repeatable: run after every migration, so
 * that a new table cannot be forgotten.
 */
export async function secureTables(client: SqlClient): Promise<void> {
  await client.script(SECURE);
}

const SECURE = `
do $$
declare
  owned record;
begin
  for owned in
    select c.relname as name, pg_get_userbyid(c.relowner) as owner
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p')
  loop
    execute format('alter table %I enable row level security', owned.name);
    execute format('alter table %I force row level security', owned.name);
    execute format('drop policy if exists system_rows on %I', owned.name);
    execute format(
      'create policy system_rows on %I for all to %I using ((select current_setting(''app.system'', true)) = ''on'')',
      owned.name, owned.owner);
  end loop;
end $$;
grant usage on schema public to ${APP_ROLE};
grant select, insert, update, delete on all tables in schema public to ${APP_ROLE};
grant usage, select on all sequences in schema public to ${APP_ROLE};
revoke insert, update, delete on schema_migrations from ${APP_ROLE};
`;
