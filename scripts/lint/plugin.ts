import { dirname, resolve, sep } from 'node:path';
import { forbiddenImport } from './layers.ts';

/** The part of oxlint's rule context that is used here. */
interface RuleContext {
  readonly filename: string;
  report(problem: { message: string; node: unknown }): void;
}

/** A syntax node that names another module: import, re-export, `import()` or a type's `import()`. */
interface ModuleReference {
  readonly source?: { readonly value?: unknown } | null;
}

/** Where the path begins inside the nearest `src/`, with forward slashes; null outside of one. */
function insideSource(path: string): string | null {
  const mark = `${sep}src${sep}`;
  const start = path.lastIndexOf(mark);
  return start < 0
    ? null
    : path
        .slice(start + mark.length)
        .split(sep)
        .join('/');
}

/** Reports every import that goes against the order of the layers or around a folder's door. */
function createLayersRule(context: RuleContext) {
  const importer = insideSource(context.filename);
  const check = (node: ModuleReference): void => {
    const specifier = node.source?.value;
    if (importer === null || typeof specifier !== 'string' || !specifier.startsWith('.')) return;
    const imported = insideSource(resolve(dirname(context.filename), specifier));
    const message = imported === null ? null : forbiddenImport({ importer, imported });
    if (message !== null) context.report({ message, node });
  };
  return {
    ImportDeclaration: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
    ImportExpression: check,
    TSImportType: check,
  };
}

const plugin = { meta: { name: 'plumbline' }, rules: { layers: { create: createLayersRule } } };
export default plugin;
