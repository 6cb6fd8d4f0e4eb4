/** What some suites need besides the project, by the variable that tells them where it is, and how to get it. */
const requirements: Readonly<Record<string, string>> = {
  PLUMB_TEST_DATABASE_URL:
    'set PLUMB_TEST_DATABASE_URL to a PostgreSQL 17 with pgvector, as a role that may create databases and roles',
  PLUMB_TEST_REDIS_URL: 'set PLUMB_TEST_REDIS_URL to a Redis or Valkey server',
  PLUMB_TEST_S3_URL: 'set PLUMB_TEST_S3_URL to an S3-compatible server that takes any login, for example moto_server',
  PLUMB_TEST_CHROMIUM: 'set PLUMB_TEST_CHROMIUM to the path of a Chromium',
  PLUMB_TEST_PACKAGE: 'set PLUMB_TEST_PACKAGE=1 (builds, packs and installs the package; uses the package registry)',
};

/** How to run a suite whose title names one of the variables, or null when it names none. */
export function wayToRun(title: string): string | null {
  const named = Object.entries(requirements).filter(([variable]) => title.includes(variable));
  if (named.length === 0) return null;
  return `to run it, ${named.map(([, way]) => way).join('; ')}, or use .ci/run.`;
}
