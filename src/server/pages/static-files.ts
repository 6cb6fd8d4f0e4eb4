import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { Context, Hono } from 'hono';
import { newApp } from '../new-app.ts';
import type { ServerEnv } from '../server-env.ts';

/** Files of the page, beside `src/` in a checkout and beside `dist/` in the package. */
const WEB = new URL('../../../web/', import.meta.url);

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const DOCS_FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  'swagger-ui.css': ['swagger-ui.css', 'text/css; charset=utf-8'],
  'swagger-ui-bundle.js': ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
};

const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plumbline API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const DOCS_START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true });\n`;

/** The page at `/` and the API's interactive description at `/docs`; every asset comes from this machine. */
export function pageRoutes(): Hono<ServerEnv> {
  const app = newApp();
  for (const { path, file, type } of pageFiles()) app.get(path, (c) => sendFile(c, file, type));
  app.get('/docs', (c) => c.html(DOCS_PAGE, 200, { 'content-security-policy': DOCS_POLICY }));
  app.get('/docs/start.js', (c) => c.body(DOCS_START, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  for (const [name, [file, type]] of Object.entries(DOCS_FILES)) {
    app.get(`/docs/${name}`, (c) => sendFile(c, swaggerFile(file), type));
  }
  return app;
}

/**
 * Every file of `web/` with the address it is served at, listed once: no part of a request ever becomes a path on the
 * disk. Files of other types are not part of the page.
 */
function pageFiles(): { readonly path: string; readonly file: URL; readonly type: string }[] {
  return readdirSync(WEB, { withFileTypes: true }).flatMap((entry) => {
    const type = MEDIA_TYPES[extname(entry.name)];
    if (type === undefined || !entry.isFile() || entry.name.includes('.test.')) return [];
    const path = entry.name === 'index.html' ? '/' : `/${entry.name}`;
    return [{ path, file: new URL(entry.name, WEB), type }];
  });
}

async function sendFile(c: Context<ServerEnv>, file: URL | string, type: string): Promise<Response> {
  const bytes = await readFile(file);
  return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'no-cache' });
}

function swaggerFile(file: string): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('swagger-ui-dist/package.json')), file);
}
