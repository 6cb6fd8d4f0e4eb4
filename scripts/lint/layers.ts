/**
 * The order of DESIGN's layers and their doors, in one place: the lint rule, its test and CONTRIBUTING.md follow it.
 * Start here to add a folder to `src/`.
 */

/** Folders of `src/`, innermost first: a folder imports only folders before it. */
export const layers: readonly string[] = [
  'base',
  'config',
  'telemetry',
  'store',
  'guard',
  'models',
  'prompts',
  'retrieval',
  'ingest',
  'answers',
  'entities',
  'agents',
  'chat',
  'evals',
  'operations',
  'server',
  'cli',
];

/**
 * Doors beside each folder's `index.ts`, relative to `src/`: test kits, and modules light enough for a worker or a
 * parser child that must not load the rest of the folder.
 */
export const furtherDoors: readonly string[] = [
  'store/testing.ts',
  'models/testing.ts',
  'models/tokens/index.ts',
  'retrieval/terms/index.ts',
];

/** Files directly in `src/` that wire the folders or publish them; they may import any door. */
export const roots: readonly string[] = ['platform.ts', 'index.ts', 'testing.ts'];

/** Folders that may import the roots: they are doors of the platform themselves. */
export const aboveRoots: readonly string[] = ['server', 'cli'];

/** One import that the layers forbid, in words, or null when it is allowed. Paths are relative to `src/`, with `/`. */
export function forbiddenImport(importer: string, imported: string): string | null {
  const from = importer.split('/')[0] ?? '';
  const to = imported.split('/')[0] ?? '';
  if (from === to || (roots.includes(importer) && roots.includes(imported))) return null;
  return wrongDirection(from, to, importer, imported) ?? wrongDoor(to, imported);
}

function wrongDirection(from: string, to: string, importer: string, imported: string): string | null {
  if (roots.includes(importer)) return null;
  if (roots.includes(imported)) {
    if (aboveRoots.includes(from)) return null;
    return `${from} may not import src/${imported}: it wires the folders, so no folder below server may know it. Take what you need as an argument.`;
  }
  const position = layers.indexOf(from);
  const target = layers.indexOf(to);
  if (position < 0 || target < 0) {
    return `${position < 0 ? from : to} is not a layer. Add it to scripts/lint/layers.ts, in the place DESIGN gives it.`;
  }
  if (target < position) return null;
  return `${from} may not import ${to}: imports go one way (${layers.join(' → ')}; later imports earlier). Take what you need as an argument, or declare a port in ${from}.`;
}

function wrongDoor(to: string, imported: string): string | null {
  if (!layers.includes(to)) return null;
  if (imported === `${to}/index.ts` || furtherDoors.includes(imported)) return null;
  return `Import ${to} through its door, src/${to}/index.ts, not src/${imported}. If the door lacks it, export it there.`;
}
