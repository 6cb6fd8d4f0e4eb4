import { defineConfig } from 'oxlint';
export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'promise', 'node', 'vitest', 'oxc'],
  jsPlugins: ['./scripts/lint/plugin.ts'],
  options: { typeAware: true, denyWarnings: true },
  categories: { correctness: 'error', suspicious: 'error' },
  rules: { 'plumbline/layers': 'error' },
  ignorePatterns: ['dist', 'coverage'],
});
