import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlantedProject } from './planted-project.ts';

let project: PlantedProject;

beforeAll(() => {
  project = new PlantedProject({
    'src/index.ts': "export { used } from './base/used.ts';\n",
    'src/testing.ts': 'export const kit = 1;\n',
    'src/cli/main.ts': "import '../index.ts';\n",
    'src/base/used.ts': 'export const used = 1;\nexport const forgotten = 2;\n',
    'src/base/orphan.ts': 'export const orphan = 1;\n',
    'src/base/mistyped.ts': "export const count: number = 'one';\n",
    'src/base/enumerated.ts': 'export enum Colour {\n  red,\n}\n',
    'docs/configuration.md': '# Configuration\n\nSays something else.\n',
    'src/base/unformatted.ts': 'export const x = "double";\n',
  });
});

afterAll(() => project.remove());

test('the compiler refuses a wrong type, and syntax that Node cannot strip', () => {
  const { status, output } = project.run('tsc', ['--project', '.']);
  expect(status).not.toBe(0);
  expect(output).toContain('src/base/mistyped.ts(1,14): error TS2322');
  expect(output).toContain('src/base/enumerated.ts(1,13): error TS1294');
});

test('knip refuses an export nobody uses and a file nobody imports', () => {
  const { status, output } = project.run('knip', ['--no-progress']);
  expect(status).not.toBe(0);
  expect(output).toMatch(/forgotten\s.*src\/base\/used\.ts/);
  expect(output).toContain('src/base/orphan.ts');
});

test('the formatter refuses what it would write otherwise', () => {
  const { status, output } = project.run('biome', ['format', '--vcs-enabled=false', 'src']);
  expect(status).not.toBe(0);
  expect(output).toContain('src/base/unformatted.ts');
});

test('a generated page that says something else than the code is refused', () => {
  const generator = fileURLToPath(new URL('../../scripts/generate-docs.ts', import.meta.url));
  const { status, output } = project.run('node', [generator, '--check']);
  expect(status).not.toBe(0);
  expect(output).toContain('docs/configuration.md does not say what the code says');
});
