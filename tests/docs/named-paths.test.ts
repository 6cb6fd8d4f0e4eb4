import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = globSync('{*.md,docs/**/*.md}', { cwd: root }).toSorted();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Made when the project runs or is built, so rightly absent from a fresh checkout. */
const madeLater = /^(\.plumbline|dist|node_modules|coverage|\.env)(\/|$)|server\.json$/;
/** Folders whose names, in code quotes, mean a path of this repository. */
const ourPath = /^(?:src|tests|docs|bench|scripts|bin|migrations|models|samples|web|\.ci)\/[\w./{},*-]*$|^[A-Z]+\.md$/;

/** A part in capitals stands for a name of the reader's own: `src/ingest/parse/FORMAT/parse-FORMAT.ts`. */
const placeholder = /\/[^/]*[A-Z]{4,}[^/]*(?<!README\.md)$|\/[A-Z]{4,}\//;

/** `a/{b,c}.ts` → both; a `*` stays and is matched. */
function matches(path: string, folder: string): boolean {
  return /[*{]/.test(path) ? globSync(path, { cwd: folder }).length > 0 : existsSync(join(folder, path));
}

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

describe.each(pages)('%s', (page) => {
  test('every link to a file leads to one', () => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      (match) => match[1] ?? '',
    );
    expect(links.filter((link) => !matches(link, join(root, dirname(page))))).toEqual([]);
  });

  test('every path it names exists', () => {
    const named = [...textOf(page).matchAll(/`([^`\n]+)`/g)]
      .map((match) => (match[1] ?? '').replace(/\/$/, ''))
      .filter((path) => ourPath.test(path) && !madeLater.test(path) && !placeholder.test(path));
    expect(named.filter((path) => !matches(path, root))).toEqual([]);
  });

  test('every npm script it names exists', () => {
    const named = [...textOf(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((script) => manifest.scripts[script] === undefined)).toEqual([]);
  });
});
