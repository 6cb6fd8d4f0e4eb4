import { defineConfig } from 'oxlint';

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'node', 'vitest'],
  // Our own rule: the order of the layers and their doors, see scripts/lint/layers.ts.
  jsPlugins: ['./scripts/lint/plugin.ts'],
  options: { typeAware: true, denyWarnings: true },
  categories: { correctness: 'error', suspicious: 'error' },
  rules: {
    // How the parts may hang together.
    'plumbline/layers': 'error',
    'import/no-cycle': 'error',
    'import/no-self-import': 'error',
    'import/no-default-export': 'error',

    // Nothing is forgotten: promises, cases, types.
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    'typescript/only-throw-error': 'error',
    'typescript/ban-ts-comment': 'error',
    eqeqeq: ['error', 'always'],
    'no-console': 'error',

    // Sizes: see the style of the code in CONTRIBUTING.md.
    'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
    'max-lines-per-function': ['error', { max: 60 }],
    complexity: ['error', { max: 15 }],
    'max-params': ['error', { max: 3 }],
    'max-depth': ['error', { max: 3 }],

    // The second argument of `expect` says which of several values it was.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],

    // Off, each for its reason.
    // Rows and messages come in as `unknown` and are narrowed by an assertion beside the query that shaped them.
    'typescript/no-unsafe-type-assertion': 'off',
    // A type parameter used once is how a generic port lets its caller say what it expects.
    'typescript/no-unnecessary-type-parameters': 'off',
    // Order is the point of a loop that awaits.
    'no-await-in-loop': 'off',
    // `fc.string()`, `pg.Pool`: named as the library's own documentation names it.
    'import/no-named-as-default-member': 'off',
    // The compiler knows when a function can end without its value; this rule does not know exhaustive switches.
    'typescript/consistent-return': 'off',
    // Control characters are what much of this code exists to recognise.
    'no-control-regex': 'off',
    // Written for the browser's window.postMessage; ours are worker threads, which have no origin.
    'unicorn/require-post-message-target-origin': 'off',
    // Sorting an array nobody else holds needs no copy; `new Array(n)` sizes one that is filled next.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-new-array': 'off',
    // A small function is born beside its only user, even inside it.
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-reverse': 'off',
    // `request.onload = …` is the clearest form for an object nobody else listens to.
    'unicorn/prefer-add-event-listener': 'off',
    // `void` callbacks and conditional suites (a server that is not there) are wanted.
    'promise/always-return': 'off',
    'vitest/valid-describe-callback': 'off',
    'vitest/no-conditional-tests': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/no-disabled-tests': 'off',
  },
  overrides: [
    { files: ['*.config.ts', 'scripts/lint/plugin.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      files: ['src/cli/**', 'scripts/**', '.ci/**', 'bench/**', 'samples/**', 'tests/**'],
      rules: { 'no-console': 'off' },
    },
    {
      // The peers may not be installed; their types are unknown then.
      files: ['bench/**'],
      rules: { 'typescript/no-redundant-type-constituents': 'off' },
    },
    {
      // A suite is one long function by nature; what it calls is not.
      files: ['**/*.test.ts', '**/*.conformance.ts'],
      rules: { 'max-lines-per-function': 'off' },
    },
    {
      // A suite that runs a port's conformance suite takes titles, bodies and assertions from there.
      files: ['**/*.test.ts'],
      rules: { 'vitest/expect-expect': 'off', 'vitest/valid-title': 'off', 'typescript/unbound-method': 'off' },
    },
    {
      // A weight that was fitted may come near a constant.
      files: ['src/answers/extractive/ranking-weights.ts', 'src/answers/confidence/fitted-curve.ts'],
      rules: { 'oxc/approx-constant': 'off' },
    },
  ],
  ignorePatterns: ['dist', 'coverage', '**/*.d.ts'],
});
