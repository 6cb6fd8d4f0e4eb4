/**
 * `npm run docs`: writes the pages that are made from the code. With `--check` it writes nothing and fails when a page
 * on disk differs from what the code says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { configurationTable } from '../src/config/index.ts';
import { openApiDocument } from '../src/server/open-api.ts';

/** A page made from the code. `path` is relative to the project's root. */
interface GeneratedPage {
  readonly path: string;
  readonly content: string;
}

function configurationPage(): GeneratedPage {
  const content = `# Configuration

Plumbline reads its configuration from the environment; a \`.env\` file in the folder it is started from fills in what the
environment does not set. Nothing else is read. A value that cannot be used stops the start and names the variable, what
was given and what is allowed.

<!-- Made from src/config/schema.ts by "npm run docs": change it there. -->

${configurationTable()}
`;
  return { path: 'docs/configuration.md', content };
}

function openApiPage(): GeneratedPage {
  return { path: 'docs/openapi.json', content: `${JSON.stringify(openApiDocument(), null, 2)}\n` };
}

function currentContent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const stale = [configurationPage(), openApiPage()].filter((page) => currentContent(page.path) !== page.content);
if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} does not say what the code says. Run "npm run docs".`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, content } of stale) {
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  }
}
