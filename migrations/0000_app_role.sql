-- The role every tenant's transaction runs as: it cannot log in, owns nothing, and row-level security binds it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plumb_app') THEN
    CREATE ROLE plumb_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT pg_has_role(current_user, 'plumb_app', 'MEMBER') THEN
    EXECUTE format('GRANT plumb_app TO %I', current_user);
  END IF;
END $$;
