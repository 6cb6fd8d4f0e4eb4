/**
 * `npm run build`: compiles src/ to dist/, file for file, and copies what is not TypeScript beside it, so that a module
 * finds its neighbours the same way from source and from the package.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

function compile(): void {
  const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
    /package\.json$/,
    join('bin', 'tsc'),
  );
  const result = spawnSync(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) throw new Error('The compiler reported the errors above; nothing was published.');
}

/** Pages, styles, SQL: everything in src/ that the compiler does not handle. */
function copyAssets(): void {
  for (const entry of globSync('src/**/*', { cwd: root, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.ts')) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(dist, source.slice(join(root, 'src').length));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target);
  }
}

/** A relative import that names a TypeScript file: `from './x.ts'`, `import('./x.ts')`. */
const typescriptImport = /((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]*)\.ts(?=['"])/g;

/** The compiler rewrites the endings in the code but not in the declarations. */
function rewriteDeclarations(): void {
  for (const file of globSync('dist/**/*.d.ts', { cwd: root })) {
    const path = join(root, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(typescriptImport, '$1.js'));
  }
}

/** A `.ts` left in an import would only fail on the user's machine. */
function assertNoTypeScriptImports(): void {
  const wrong = globSync('dist/**/*.{js,d.ts}', { cwd: root }).filter(
    (file) => readFileSync(join(root, file), 'utf8').search(typescriptImport) >= 0,
  );
  if (wrong.length > 0) throw new Error(`These built files still import TypeScript: ${wrong.join(', ')}`);
}

rmSync(dist, { recursive: true, force: true });
compile();
rewriteDeclarations();
copyAssets();
assertNoTypeScriptImports();
console.log(`Built dist${sep}: ${globSync('dist/**/*.js', { cwd: root }).length} modules.`);
