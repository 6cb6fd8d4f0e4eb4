import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aboveRoots, furtherDoors, layers } from '../../scripts/lint/layers.ts';
import { PlantedProject } from './planted-project.ts';

/** One complaint of oxlint. */
interface Complaint {
  readonly code: string;
  readonly filename: string;
  readonly message: string;
}

const doors = Object.fromEntries(layers.map((layer) => [`src/${layer}/index.ts`, 'export const door = 1;\n']));
const importing = (specifier: string): string => `import { door } from '${specifier}';\nexport const found = door;\n`;

/** For every layer: one file that imports the layer just after it, and one that goes around a neighbour's door. */
const upward = layers.slice(0, -1).map((layer, position) => ({ layer, later: layers[position + 1] ?? '' }));
const around = layers.slice(1).map((layer, position) => ({ layer, earlier: layers[position] ?? '' }));

const files: Record<string, string> = { ...doors };
for (const { layer, later } of upward) files[`src/${layer}/upward.ts`] = importing(`../${later}/index.ts`);
for (const { layer, earlier } of around) {
  files[`src/${earlier}/inside.ts`] = 'export const door = 1;\n';
  files[`src/${layer}/deep/around.ts`] = importing(`../../${earlier}/inside.ts`);
  files[`src/${layer}/deep/allowed.ts`] = importing(`../../${earlier}/index.ts`);
}
for (const door of furtherDoors) files[`src/${door}`] = 'export const door = 1;\n';
Object.assign(files, {
  'src/platform.ts': `${importing('./server/index.ts')}\n`,
  'src/store/wired.ts': importing('../platform.ts'),
  'src/server/wired.ts': `import { found } from '../platform.ts';\nexport const door = found;\n`,
  'src/store/later.ts': `export const later = async () => await import('../ingest/index.ts');\n`,
  'src/store/type-of.ts': `export type Later = typeof import('../ingest/index.ts');\n`,
  'src/store/again.ts': `export { door } from '../ingest/index.ts';\n`,
  'src/store/all.ts': `export * from '../ingest/index.ts';\n`,
  'src/unknown/index.ts': importing('../base/index.ts'),
  'src/ingest/parse/tokens.ts': importing('../../models/tokens/index.ts'),
  'src/ingest/parse/terms.ts': importing('../../retrieval/terms/index.ts'),
  'src/base/round.ts': `import { trip } from './trip.ts';\nexport const round = (): unknown => trip;\n`,
  'src/base/trip.ts': `import { round } from './round.ts';\nexport const trip = (): unknown => round;\n`,
  'src/base/floating.ts': 'export function start(): void {\n  Promise.resolve(1);\n}\n',
  'src/base/exhaustive.ts':
    "export function name(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}\n",
  'src/base/default.ts': 'const one = 1;\nexport default one;\n',
  'src/base/any.ts': 'export const anything = (value: any): unknown => value;\n',
  'src/base/prints.ts': "export const greet = (): void => console.log('hello');\n",
  'src/cli/prints.ts': "export const greet = (): void => console.log('hello');\n",
  'src/base/four.ts': 'export const four = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n',
  'src/base/long.ts': `export const long = [\n${'  1,\n'.repeat(400)}];\n`,
  'src/base/tall.ts': `export function tall(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(60)}  return sum;\n}\n`,
  'src/base/tangled.ts': `export function tangled(n: number): number {\n${Array.from({ length: 16 }, (_, i) => `  if (n === ${i}) return ${i * 2};\n`).join('')}  return n;\n}\n`,
});

let project: PlantedProject;
let complaints: Complaint[] = [];
let status: number | null = null;

beforeAll(() => {
  project = new PlantedProject(files);
  const result = project.run('oxlint', ['--format', 'json']);
  status = result.status;
  complaints = (JSON.parse(result.output) as { diagnostics: Complaint[] }).diagnostics;
});

afterAll(() => project.remove());

const about = (file: string): string[] =>
  complaints.filter(({ filename }) => filename === `src/${file}`).map(({ code, message }) => `${code}: ${message}`);

test('the linter fails', () => {
  expect(status).not.toBe(0);
});

describe('imports go one way', () => {
  test.each(upward)('$layer may not import $later', ({ layer, later }) => {
    expect(about(`${layer}/upward.ts`).join()).toContain(`${layer} may not import ${later}: imports go one way`);
  });

  test.each(['later', 'type-of', 'again', 'all'])('not by another kind of import either: %s', (file) => {
    expect(about(`store/${file}.ts`).join()).toContain('store may not import ingest');
  });

  test('only the outermost folders know what wires them', () => {
    expect(aboveRoots).toEqual(['server', 'cli']);
    expect(about('store/wired.ts').join()).toContain('store may not import src/platform.ts');
    expect(about('server/wired.ts').join()).not.toContain('plumbline');
  });

  test('a folder that is not in the list is refused', () => {
    expect(about('unknown/index.ts').join()).toContain('unknown is not a layer');
  });
});

describe('folders are entered by their doors', () => {
  test.each(around)('$layer may not go around the door of $earlier', ({ layer, earlier }) => {
    expect(about(`${layer}/deep/around.ts`).join()).toContain(
      `Import ${earlier} through its door, src/${earlier}/index.ts, not src/${earlier}/inside.ts`,
    );
  });

  test.each(around)('$layer may use the door of $earlier', ({ layer }) => {
    expect(about(`${layer}/deep/allowed.ts`)).toEqual([]);
  });

  test('the light doors are open', () => {
    expect(about('ingest/parse/tokens.ts')).toEqual([]);
    expect(about('ingest/parse/terms.ts')).toEqual([]);
  });
});

test.each([
  ['a cycle', 'base/round.ts', 'import(no-cycle)'],
  ['a floating promise', 'base/floating.ts', 'no-floating-promises'],
  ['a switch with a case missing', 'base/exhaustive.ts', 'switch-exhaustiveness-check'],
  ['a default export', 'base/default.ts', 'no-default-export'],
  ['any', 'base/any.ts', 'no-explicit-any'],
  ['printing below the command line', 'base/prints.ts', 'no-console'],
  ['a fourth parameter', 'base/four.ts', 'max-params'],
  ['a file of more than 400 lines', 'base/long.ts', 'max-lines'],
  ['a function of more than 60 lines', 'base/tall.ts', 'max-lines-per-function'],
  ['a function of more than 15 paths', 'base/tangled.ts', 'complexity'],
])('the linter refuses %s', (_, file, rule) => {
  expect(about(file).join()).toContain(rule);
});

test('the command line may print', () => {
  expect(about('cli/prints.ts')).toEqual([]);
});
