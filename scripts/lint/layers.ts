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
  'privacy',
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
const roots: readonly string[] = [
  'platform.ts',
  'platform-stores.ts',
  'platform-models.ts',
  'sample.ts',
  'index.ts',
  'testing.ts',
];

/** Folders that may import the roots: they are doors of the platform themselves. */
export const aboveRoots: readonly string[] = ['server', 'cli'];

/** One import of one file by another, both relative to `src/`, with `/`. */
interface Import {
  readonly importer: string;
  readonly imported: string;
}

/** What is wrong with the import, as a sentence that says what to do instead; null when nothing is. */
export function forbiddenImport({ importer, imported }: Import): string | null {
  const from = firstSegment(importer);
  const to = firstSegment(imported);
  if (from === to) return null;
  const importsRoot = roots.includes(imported);
  if (roots.includes(importer)) return importsRoot ? null : wrongDoor(to, imported);
  if (importsRoot) return aboveRoots.includes(from) ? null : rootFromBelow(from, imported);
  return wrongDirection(from, to) ?? wrongDoor(to, imported);
}

function firstSegment(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

function rootFromBelow(from: string, imported: string): string {
  return `${from} may not import src/${imported}, which wires the folders together. Take what you need as an argument.`;
}

function wrongDirection(from: string, to: string): string | null {
  const position = layers.indexOf(from);
  const target = layers.indexOf(to);
  if (position < 0 || target < 0) {
    return `${position < 0 ? from : to} is not a layer. Add it to scripts/lint/layers.ts, in the place DESIGN gives it.`;
  }
  if (target < position) return null;
  const allowed = position === 0 ? 'none of ours' : layers.slice(0, position).join(', ');
  return `${from} may not import ${to}: imports go one way, and ${from} may import ${allowed}. Take what you need as an argument, or declare a port in ${from}.`;
}

function wrongDoor(to: string, imported: string): string | null {
  if (imported === `${to}/index.ts` || furtherDoors.includes(imported)) return null;
  return `Import ${to} through its door, src/${to}/index.ts, not src/${imported}. If the door lacks it, export it there.`;
}
